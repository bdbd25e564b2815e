package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var jobsXMLFormat = format{
	Format: Format{
		Name: "jobs-xml", Title: "job feeds in XML: Indeed, LinkedIn, Jobrapido, Adzuna, Trovit and kindred",
		Recognised: "elements job, vacancy or ad with title and description",
		Kinds:      []message.Kind{message.JobAdvert},
	},
	sniff: func(s *sample) int {
		text := s.start()
		if len(text) == 0 || text[0] != '<' || s.isHTML() && !strings.HasPrefix(string(text), "<?xml") {
			return 0
		}
		head := strings.ToLower(string(text))
		for _, name := range jobElements {
			if (strings.Contains(head, "<"+strings.ToLower(name)+">") || strings.Contains(head, "<"+strings.ToLower(name)+" ")) &&
				strings.Contains(head, "title>") && (strings.Contains(head, "<description") || strings.Contains(head, "<content")) {
				return likely
			}
		}
		return 0
	},
	read: func(u *unit) error {
		f := u.files[0]
		return u.xmlRecords(f, jobElements, func(r *xmlRecord) error { return u.xmlAdvert(f, r, jobFields(r)) })
	},
}

var jobElements = []string{"job", "JOB", "Job", "vacancy", "ad", "offer", "position", "jobad"}

// jobFields reads the elements that the feeds use, which differ in case and
// little else.
func jobFields(r *xmlRecord) advert {
	place := r.find("location", "joblocation", "workplace")
	if city := joinWith(", ", r.find("city", "cityname"), r.find("state", "region"), r.find("country")); place == "" || !strings.Contains(place, ",") && r.find("country") != "" {
		place = joinWith(", ", place, strings.TrimPrefix(strings.TrimPrefix(city, place), ", "))
	}
	apply := joinWith(" ", r.find("email", "applyemail", "contact_email"), r.find("applyurl", "url", "link", "apply_url", "applicationurl"), r.find("phone", "contact_phone"))
	return advert{
		Title:        r.find("title", "jobtitle", "position", "name"),
		Company:      r.find("company", "companyname", "advertiser", "employer", "company/name", "advertiser_name"),
		Location:     place,
		Salary:       jobSalary(r),
		Description:  r.find("description", "body", "content", "jobdescription", "desc"),
		Requirements: joinLines(r.find("requirements", "qualifications", "skills"), r.find("experience", "experiencelevel"), r.find("education")),
		Benefits:     r.find("benefits", "jobbenefits"),
		Apply:        apply,
	}
}

// jobSalary prints the salary in words, or from its parts.
func jobSalary(r *xmlRecord) string {
	if text := r.find("salary", "salaryrange", "pay", "wage"); text != "" {
		return text
	}
	clean := func(text string) string {
		return strings.TrimRight(strings.TrimPrefix(strings.TrimPrefix(text, "!"), "[CDATA["), "]")
	}
	first := func(path string) string {
		text, _, _ := strings.Cut(r.find(path), "\n")
		return clean(text)
	}
	low, high := first("lowend/amount"), first("highend/amount")
	if low == "" && high == "" {
		low, high = first("salary_min"), first("salary_max")
	}
	if low == "" && high == "" {
		return ""
	}
	amount := joinWith("–", low, high)
	return joinWith(" ", amount, firstOf([]string{first("currencycode"), first("salary_currency"), first("currency")}), firstOf([]string{first("period"), first("salary_period")}))
}

func joinWith(sep string, parts ...string) string {
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, sep)
}

// xmlAdvert gives the advert of an element to the sink.
func (u *unit) xmlAdvert(f *file, r *xmlRecord, a advert) error {
	if a.Title == "" && a.Description == "" {
		return u.failLine(f, r.line, "an advert without title and description")
	}
	m := &message.Message{ID: r.find("referencenumber", "partnerjobid", "reference_id", "id", "jobid", "guid", "reference"), Source: place(f.name, r.line, 0)}
	a.fill(m)
	if date := r.find("date", "publishdate", "date_posted", "posteddate", "listdate", "pubdate", "created"); date != "" {
		var ok bool
		if m.Sent, ok = u.when.read(date); !ok {
			u.oddTime(m.Source)
		}
	}
	return u.emit(m)
}

var hrXMLFormat = format{
	Format: Format{
		Name: "hr-xml", Title: "HR-XML position openings",
		Recognised: "elements PositionOpening, JobPositionPosting or PositionHeader",
		Kinds:      []message.Kind{message.JobAdvert},
	},
	sniff: func(s *sample) int {
		text := string(s.start())
		if !strings.HasPrefix(text, "<") {
			return 0
		}
		for _, name := range []string{"PositionOpening", "JobPositionPosting", "StaffingPosition", "JobPositionInformation"} {
			if strings.Contains(text, "<"+name) || strings.Contains(text, ":"+name) {
				return likely + 10
			}
		}
		return 0
	},
	read: func(u *unit) error {
		f := u.files[0]
		return u.xmlRecords(f, []string{"PositionOpening", "JobPositionPosting", "StaffingPosition"}, func(r *xmlRecord) error {
			return u.xmlAdvert(f, r, hrFields(r))
		})
	},
}

func hrFields(r *xmlRecord) advert {
	salary := joinWith(" ", r.find("basepay/basepayamountmin", "salarymonthly", "salaryannual", "rate", "remunerationpackage/basepay", "compensationamount"),
		r.find("basepay/basepayamountmax"), r.find("basepayintervalcode", "basepay/interval"))
	place := joinWith(", ", r.find("physicallocation/name", "postaladdress/deliveryaddress/addressline", "municipality", "cityname"),
		r.find("region", "countrysubdivisioncode"), r.find("countrycode", "country"))
	return advert{
		Title:        r.find("positiontitle", "jobpositiontitle", "positionheader/positiontitle", "title"),
		Company:      r.find("organizationname", "hiringorgname", "organization/name", "legalname", "company"),
		Location:     place,
		Salary:       salary,
		Description:  r.find("formattedpositiondescription/content", "formattedpositiondescription/value", "positiondescription", "jobpositiondescription/jobpositionpurpose", "jobpositionpurpose", "summarytext", "description"),
		Requirements: r.find("qualificationsrequired", "jobpositionrequirements", "positionqualifications", "qualifications", "qualificationsrequired/p"),
		Benefits:     r.find("benefits", "remunerationpackage/benefits", "otherbenefits", "benefit"),
		Apply:        joinWith(" ", r.find("howtoapply", "applicationmethods/byweb/url", "internetwebaddress", "url"), r.find("internetemailaddress", "email"), r.find("formattednumber", "telephone")),
	}
}
