package export

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var jsonldFormat = format{
	Format: Format{
		Name: "jsonld", Title: "schema.org JobPosting as JSON-LD",
		Recognised: "@type JobPosting, also within @graph, lists and other things",
		Kinds:      []message.Kind{message.JobAdvert},
	},
	sniff: func(s *sample) int {
		if s.keys() != nil && bytes.Contains(s.text(), []byte(`"@type"`)) && bytes.Contains(s.text(), []byte("JobPosting")) {
			return certain
		}
		return 0
	},
	read: readJSONLD,
}

func readJSONLD(u *unit) error {
	f := u.files[0]
	text, err := u.whole(f)
	if err != nil {
		return err
	}
	found, err := u.postings(text, f, 1)
	if err == nil && found == 0 {
		err = u.fail(Fault{File: f.name, Text: "no JobPosting that can be read"})
	}
	return err
}

// postings gives the JobPostings of a JSON-LD text, which begins at a line of
// the file, to the sink.
func (u *unit) postings(text []byte, f *file, line int) (found int, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	for decoder.More() {
		var v any
		if err := decoder.Decode(&v); err != nil {
			return found, u.failLine(f, line+bytes.Count(text[:min(int(decoder.InputOffset()), len(text))], []byte{'\n'}), "JSON-LD: "+faultText(err))
		}
		for _, posting := range jobPostings(v, nil, 0) {
			found++
			m := postingMessage(posting)
			m.Source = place(f.name, line, 0)
			if strings.TrimSpace(m.Text) == "" {
				if err := u.failLine(f, line, "a JobPosting without title and description"); err != nil {
					return found, err
				}
				continue
			}
			if err := u.emit(m); err != nil {
				return found, err
			}
		}
	}
	return found, nil
}

// jobPostings finds the things of type JobPosting at any depth.
func jobPostings(v any, found []map[string]any, depth int) []map[string]any {
	if depth > 30 {
		return found
	}
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			found = jobPostings(element, found, depth+1)
		}
	case map[string]any:
		if isPosting(v["@type"]) {
			return append(found, v)
		}
		for _, key := range sortedKeys(v) {
			found = jobPostings(v[key], found, depth+1)
		}
	}
	return found
}

func isPosting(kind any) bool {
	switch kind := kind.(type) {
	case string:
		return kind == "JobPosting" || strings.HasSuffix(kind, "/JobPosting") || strings.HasSuffix(kind, ":JobPosting")
	case []any:
		for _, k := range kind {
			if isPosting(k) {
				return true
			}
		}
	}
	return false
}

// postingMessage makes an advert of a JobPosting.
func postingMessage(p map[string]any) *message.Message {
	a := advert{
		Title:       textOf(p, "title", "name"),
		Company:     textOf(p, "hiringOrganization"),
		Location:    postingPlace(p),
		Salary:      postingSalary(p),
		Description: textOf(p, "description"),
		Requirements: joinLines(textOf(p, "responsibilities"), textOf(p, "qualifications"), textOf(p, "skills"),
			textOf(p, "experienceRequirements"), textOf(p, "educationRequirements")),
		Benefits: joinLines(textOf(p, "jobBenefits", "benefits"), textOf(p, "incentiveCompensation", "incentives")),
		Apply:    postingApply(p),
	}
	m := &message.Message{ID: postingID(p)}
	a.fill(m)
	m.Sent, _ = (&whenReader{}).read(textOf(p, "datePosted"))
	return m
}

func postingID(p map[string]any) string {
	if id, ok := p["identifier"].(map[string]any); ok {
		if value := textOf(id, "value"); value != "" {
			return value
		}
	}
	return textOf(p, "identifier", "@id", "url")
}

// textOf is the first of the keys that says something: a string or a number,
// the name of a thing, or several of them.
func textOf(p map[string]any, keys ...string) string {
	for _, key := range keys {
		if text := valueText(p[key], 0); text != "" {
			return text
		}
	}
	return ""
}

func valueText(v any, depth int) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strings.TrimSuffix(strings.TrimRight(jsonNumber(v), "0"), ".")
	case []any:
		var parts []string
		for _, element := range v {
			if text := valueText(element, depth+1); text != "" && depth < 4 {
				parts = append(parts, text)
			}
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		if depth < 4 {
			for _, key := range []string{"name", "@value", "value", "description", "credentialCategory"} {
				if text := valueText(v[key], depth+1); text != "" {
					return text
				}
			}
		}
	}
	return ""
}

func postingPlace(p map[string]any) string {
	var places []string
	for _, v := range listOf(p["jobLocation"]) {
		if place := placeText(v); place != "" {
			places = append(places, place)
		}
	}
	if strings.EqualFold(textOf(p, "jobLocationType"), "TELECOMMUTE") {
		places = append(places, "remote")
	}
	for _, v := range listOf(p["applicantLocationRequirements"]) {
		if place := valueText(v, 0); place != "" && len(places) < 10 {
			places = append(places, place)
		}
	}
	return strings.Join(places, "; ")
}

func placeText(v any) string {
	place, ok := v.(map[string]any)
	if !ok {
		return valueText(v, 0)
	}
	address, ok := place["address"].(map[string]any)
	if !ok {
		if text := valueText(place["address"], 0); text != "" {
			return text
		}
		address = place
	}
	var parts []string
	for _, key := range []string{"streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry"} {
		if text := valueText(address[key], 0); text != "" {
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return textOf(place, "name")
	}
	return strings.Join(parts, ", ")
}

func listOf(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// postingSalary prints amount, currency and period.
func postingSalary(p map[string]any) string {
	base := p["baseSalary"]
	if base == nil {
		base = p["estimatedSalary"]
	}
	if list := listOf(base); len(list) > 0 {
		base = list[0]
	}
	currency := textOf(p, "salaryCurrency")
	amount, ok := base.(map[string]any)
	if !ok {
		return strings.TrimSpace(valueText(base, 0) + " " + currency)
	}
	if c := textOf(amount, "currency"); c != "" {
		currency = c
	}
	value, ok := amount["value"].(map[string]any)
	if !ok {
		value = amount
	}
	text := textOf(value, "value")
	if low, high := textOf(value, "minValue"), textOf(value, "maxValue"); low != "" && high != "" && low != high {
		text = low + "–" + high
	} else if text == "" {
		text = low + high
	}
	if text == "" {
		return ""
	}
	period := strings.ToLower(textOf(value, "unitText"))
	if period == "" {
		period = strings.ToLower(textOf(amount, "unitText"))
	}
	if period != "" {
		period = "per " + period
	}
	return strings.Join(strings.Fields(text+" "+currency+" "+period), " ")
}

func postingApply(p map[string]any) string {
	var parts []string
	if contact, ok := p["applicationContact"].(map[string]any); ok {
		for _, key := range []string{"name", "email", "telephone", "url"} {
			if text := textOf(contact, key); text != "" {
				parts = append(parts, text)
			}
		}
	}
	if url := textOf(p, "url"); url != "" {
		parts = append(parts, url)
	}
	return strings.Join(parts, " ")
}
