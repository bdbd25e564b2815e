package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

// advert gathers what a job advert says.
type advert struct {
	Title, Company, Location, Salary string
	About                            string // of the company, beside its name
	Description                      string
	Requirements                     string
	Benefits                         string
	Apply                            string
}

// fill makes m an advert. Its text is title, company, location, salary,
// description, requirements, benefits and apply line, one a line.
func (a *advert) fill(m *message.Message) {
	for _, part := range []*string{&a.Title, &a.Company, &a.Location, &a.Salary, &a.Apply} {
		*part = strings.Join(strings.Fields(*part), " ")
	}
	m.Kind = message.JobAdvert
	m.Text = joinLines(a.Title, a.Company, plainText(a.About), a.Location, a.Salary,
		plainText(a.Description), plainText(a.Requirements), plainText(a.Benefits), a.Apply)
	m.Advert = a.facts()
}

func (a *advert) facts() *message.Advert {
	return &message.Advert{Title: a.Title, Company: a.Company, Location: a.Location, Salary: a.Salary, Apply: a.Apply}
}
