package export

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/hookline/hookline/detector/message"
)

// jobBoard is a format of adverts in JSON: where its elements stand and how
// each is read.
func jobBoard(name, title, recognised string, sniff func(*sample) bool, keys []string, read func(map[string]any) (advert, string, string)) format {
	return format{
		Format: Format{Name: name, Title: title, Recognised: recognised, Kinds: []message.Kind{message.JobAdvert}},
		sniff: func(s *sample) int {
			if s.keys() != nil && sniff(s) {
				return certain
			}
			return 0
		},
		read: func(u *unit) error {
			f := u.files[0]
			return u.eachElement(f, func(j *jsonReader) error {
				var in map[string]any
				line, ok, err := u.element(j, f, &in)
				if err != nil || !ok {
					return err
				}
				a, id, date := read(in)
				if a.Title == "" && a.Description == "" {
					return u.failLine(f, line, "an advert without title and description")
				}
				m := &message.Message{ID: id, Source: place(f.name, line, 0)}
				a.fill(m)
				if date != "" {
					if m.Sent, ok = u.when.read(date); !ok {
						u.oddTime(m.Source)
					}
				}
				return u.emit(m)
			}, keys...)
		},
	}
}

// sub is an object within an object; empty if it is none.
func sub(in map[string]any, key string) map[string]any {
	inner, _ := in[key].(map[string]any)
	return inner
}

var greenhouseFormat = jobBoard("greenhouse", "Greenhouse job board (JSON)", "jobs[] with absolute_url and location.name",
	func(s *sample) bool {
		return s.has("jobs[].absolute_url", "jobs[].title") || s.has("absolute_url", "internal_job_id", "title")
	},
	[]string{"jobs"}, func(in map[string]any) (advert, string, string) {
		// The content is HTML that was escaped once or twice.
		content := textOf(in, "content")
		for range 2 {
			if strings.Contains(content, "&lt;") || strings.Contains(content, "&amp;") {
				content = html.UnescapeString(content)
			}
		}
		return advert{
			Title: textOf(in, "title"), Company: textOf(in, "company_name"), Location: textOf(in, "location"),
			Description: content, Apply: textOf(in, "absolute_url"), Salary: greenhousePay(in),
		}, wholeNumber(in["id"]), textOf(in, "first_published", "updated_at")
	})

func greenhousePay(in map[string]any) string {
	for _, v := range listOf(in["pay_input_ranges"]) {
		if pay, ok := v.(map[string]any); ok {
			low, _ := pay["min_cents"].(float64)
			high, _ := pay["max_cents"].(float64)
			return joinWith(" ", joinWith("–", wholeNumber(low/100), wholeNumber(high/100)), textOf(pay, "currency_type"))
		}
	}
	return ""
}

var leverFormat = jobBoard("lever", "Lever postings (JSON)", "array with text, categories and hostedUrl",
	func(s *sample) bool {
		return s.has("[].hostedUrl", "[].text") || s.has("[].categories.commitment", "[].text") || s.has("hostedUrl", "categories", "text")
	},
	nil, func(in map[string]any) (advert, string, string) {
		var lists []string
		for _, v := range listOf(in["lists"]) {
			if list, ok := v.(map[string]any); ok {
				lists = append(lists, textOf(list, "text")+"\n"+plainText(textOf(list, "content")))
			}
		}
		pay := sub(in, "salaryRange")
		salary := joinWith(" ", joinWith("–", textOf(pay, "min"), textOf(pay, "max")), textOf(pay, "currency"), textOf(pay, "interval"))
		return advert{
			Title: textOf(in, "text"), Location: joinWith(", ", textOf(sub(in, "categories"), "location"), textOf(in, "country"), textOf(in, "workplaceType")),
			Description: textOf(in, "descriptionPlain", "description"), Requirements: joinLines(lists...), Salary: salary,
			Benefits: textOf(in, "additionalPlain", "additional"), Apply: textOf(in, "applyUrl", "hostedUrl"),
		}, textOf(in, "id"), wholeNumber(in["createdAt"])
	})

var ashbyFormat = jobBoard("ashby", "Ashby job board (JSON)", "jobs[] with jobUrl or descriptionHtml",
	func(s *sample) bool { return s.has("jobs[].jobUrl") || s.has("jobs[].descriptionHtml", "jobs[].title") },
	[]string{"jobs"}, func(in map[string]any) (advert, string, string) {
		place := textOf(in, "location")
		if remote, _ := in["isRemote"].(bool); remote {
			place = joinWith(", ", place, "remote")
		}
		return advert{
			Title: textOf(in, "title"), Company: textOf(in, "organizationName"), Location: place,
			Salary:      textOf(sub(in, "compensation"), "compensationTierSummary", "scrapeableCompensationSalarySummary"),
			Description: textOf(in, "descriptionPlain", "descriptionHtml"), Apply: textOf(in, "applyUrl", "jobUrl"),
		}, textOf(in, "id", "jobUrl"), textOf(in, "publishedAt", "publishedDate")
	})

var workableFormat = jobBoard("workable", "Workable account (JSON)", "jobs[] with shortcode and application_url or state",
	func(s *sample) bool { return s.has("jobs[].shortcode") },
	[]string{"jobs"}, func(in map[string]any) (advert, string, string) {
		place := joinWith(", ", textOf(in, "city"), textOf(in, "state"), textOf(in, "country"))
		if in["city"] == nil {
			place = textOf(sub(in, "location"), "location_str", "city")
		}
		pay := sub(in, "salary")
		return advert{
			Title: textOf(in, "title", "full_title"), Company: textOf(in, "company"), Location: place,
			Salary:      joinWith(" ", joinWith("–", textOf(pay, "salary_from"), textOf(pay, "salary_to")), textOf(pay, "salary_currency")),
			Description: textOf(in, "description", "full_description"), Requirements: textOf(in, "requirements"), Benefits: textOf(in, "benefits"),
			Apply: textOf(in, "application_url", "url", "shortlink"),
		}, textOf(in, "shortcode", "id"), textOf(in, "published_on", "created_at")
	})

var adzunaFormat = jobBoard("adzuna", "Adzuna search results (JSON)", "results[] with redirect_url and company.display_name",
	func(s *sample) bool {
		return s.has("results[].redirect_url") || s.has("results[].company.display_name", "results[].title")
	},
	[]string{"results"}, func(in map[string]any) (advert, string, string) {
		return advert{
			Title: textOf(in, "title"), Company: textOf(sub(in, "company"), "display_name"), Location: textOf(sub(in, "location"), "display_name"),
			Salary: joinWith("–", textOf(in, "salary_min"), textOf(in, "salary_max")), Description: textOf(in, "description"), Apply: textOf(in, "redirect_url"),
		}, wholeNumber(in["id"]), textOf(in, "created")
	})
