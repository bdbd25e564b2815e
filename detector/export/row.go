package export

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
)

// field is a part of a message that a row of a table or a JSON object fills.
type field uint8

const (
	fieldNone field = iota
	fieldID
	fieldThread
	fieldSeq
	fieldSender
	fieldRole
	fieldDirection
	fieldSent
	fieldText
	fieldKind
	fieldSource
	fieldNamespace
	fieldSystem
	fieldMedia
	fieldDeleted
	fieldTitle
	fieldCompany
	fieldAbout
	fieldLocation
	fieldSalary
	fieldDescription
	fieldRequirements
	fieldBenefits
	fieldApply
	fieldLabel
	fieldCategory
	fieldLang
	fieldStage
	fieldAsksMoney
	fieldCluster
	fieldSubject
	fieldRecipient
	fieldFirstName
	fieldLastName
)

// fieldNames are the names that Options.Fields and message JSONL use.
var fieldNames = map[string]field{
	"id": fieldID, "thread": fieldThread, "seq": fieldSeq, "turn": fieldSeq, "sender": fieldSender,
	"role": fieldRole, "direction": fieldDirection, "sent": fieldSent, "text": fieldText, "kind": fieldKind, "source": fieldSource,
	"namespace": fieldNamespace, "system": fieldSystem, "media": fieldMedia, "deleted": fieldDeleted,
	"title": fieldTitle, "company": fieldCompany, "about": fieldAbout, "location": fieldLocation, "salary": fieldSalary,
	"description": fieldDescription, "requirements": fieldRequirements, "benefits": fieldBenefits,
	"apply": fieldApply, "label": fieldLabel, "category": fieldCategory, "lang": fieldLang,
	"stage": fieldStage, "asks_money": fieldAsksMoney, "cluster": fieldCluster,
	"subject": fieldSubject, "recipient": fieldRecipient,
}

// row gathers the fields of one record before they become a message.
type row struct {
	m         message.Message
	labels    message.Labels
	advert    advert
	subject   string
	recipient string
	first     string // parts of the sender's name
	last      string
	rest      [][2]string // fields of no meaning here, kept for labelled rows
	hasText   bool
	labelled  bool
	isAdvert  bool // a field of adverts was filled
	oddTime   bool
	mine      bool // it went out of the telephone
}

func (r *row) reset() {
	rest := r.rest[:0]
	*r = row{rest: rest}
}

// set fills a field; err says what is wrong with the value.
func (r *row) set(f field, value string, when *whenReader) error {
	switch f {
	case fieldText:
		r.m.Text, r.hasText = value, true
	case fieldID:
		r.m.ID = value
	case fieldThread:
		r.m.Thread = value
	case fieldSender:
		r.m.Sender = value
	case fieldSent:
		r.setSent(value, when)
	case fieldSeq:
		return r.setSeq(value)
	case fieldRole:
		if role, ok := message.ParseRole(strings.ToLower(value)); ok {
			r.m.Role = role
		}
	case fieldDirection:
		r.m.Role = directionRole(value)
		r.mine = r.m.Role == message.Reporter
	case fieldKind:
		r.m.Kind = message.Kind(value)
	case fieldSource:
		r.m.Source = value
	case fieldNamespace:
		r.m.Namespace = value
	case fieldSystem:
		r.m.System = truth(value)
	case fieldMedia:
		r.m.Media = value
	case fieldDeleted:
		r.m.Deleted = truth(value)
	case fieldSubject:
		r.subject = value
	case fieldRecipient:
		r.recipient = value
	case fieldFirstName:
		r.first = value
	case fieldLastName:
		r.last = value
	default:
		r.setMore(f, value)
	}
	return nil
}

func (r *row) setMore(f field, value string) {
	switch f {
	case fieldTitle:
		r.advert.Title = value
	case fieldCompany:
		r.advert.Company = value
	case fieldAbout:
		r.advert.About = value
	case fieldLocation:
		r.advert.Location = value
	case fieldSalary:
		r.advert.Salary = value
	case fieldApply:
		r.advert.Apply = value
	case fieldDescription:
		r.advert.Description, r.isAdvert = value, true
	case fieldRequirements:
		r.advert.Requirements, r.isAdvert = value, true
	case fieldBenefits:
		r.advert.Benefits, r.isAdvert = value, true
	default:
		r.setLabel(f, value)
	}
}

func (r *row) setLabel(f field, value string) {
	switch f {
	case fieldLabel:
		r.labels.Label, r.labelled = value, value != ""
	case fieldCategory:
		r.labels.Category = value
	case fieldLang:
		r.labels.Lang = value
	case fieldStage:
		r.labels.Stage = value
	case fieldAsksMoney:
		r.labels.AsksMoney = truth(value)
	case fieldCluster:
		r.labels.Cluster = value
	}
}

// directionRole knows who writes what goes in and out of a telephone.
func directionRole(value string) message.Role {
	switch strings.ToLower(value) {
	case "incoming", "received", "inbox", "in", "inbound":
		return message.Counterparty
	case "outgoing", "sent", "out", "outbound":
		return message.Reporter
	}
	return message.Unknown
}

func (r *row) setSent(value string, when *whenReader) {
	if value == "" {
		return
	}
	sent, ok := when.read(value)
	r.m.Sent, r.oddTime = sent, !ok
}

func (r *row) setSeq(value string) error {
	if value == "" {
		return nil
	}
	n, ok := parseInt(strings.TrimSuffix(value, ".0"))
	if !ok {
		return errors.New("seq is not a whole number")
	}
	r.m.Seq, r.m.HasSeq = n, true
	return nil
}

func truth(value string) bool {
	switch strings.ToLower(value) {
	case "true", "1", "yes", "y", "t":
		return true
	}
	return false
}

// parseInt reads a whole number of at most 18 digits.
func parseInt(text string) (n int64, ok bool) {
	digits, negative := strings.CutPrefix(text, "-")
	if digits == "" || len(digits) > 18 {
		return 0, false
	}
	for i := range len(digits) {
		c := digits[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	if negative {
		n = -n
	}
	return n, true
}

// finish makes a message of the row.
func (r *row) finish() (*message.Message, error) {
	m := &r.m
	if r.subject != "" {
		m.Text, r.hasText = joinLines(r.subject, m.Text), true
	}
	if m.Sender == "" {
		m.Sender = strings.TrimSpace(r.first + " " + r.last)
	}
	if m.Sender == "" && r.mine {
		m.Sender = "me"
	}
	switch {
	case m.Kind == message.JobAdvert && r.hasText:
		m.Advert = r.advert.facts()
	case !r.hasText && (r.isAdvert || m.Kind == message.JobAdvert):
		r.advert.fill(m)
	case !r.hasText && !m.System && !m.Deleted && m.Media == "":
		return nil, ErrNoText
	}
	if !knownKind(m.Kind) {
		return nil, fmt.Errorf("%w %.20q", errKind, string(m.Kind))
	}
	if r.labelled {
		labels := r.labels
		if len(r.rest) > 0 {
			labels.Fields = make(map[string]string, len(r.rest))
			for _, pair := range r.rest {
				labels.Fields[pair[0]] = pair[1]
			}
		}
		m.Labels = &labels
	}
	return m, nil
}

func knownKind(k message.Kind) bool {
	switch k {
	case "", message.Chat, message.SMS, message.Email, message.Post, message.JobAdvert:
		return true
	}
	return false
}

func joinLines(parts ...string) string {
	kept := parts[:0:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "\n")
}

// inZone reads a local time as of a zone.
func inZone(t message.Time, zone *time.Location) message.Time {
	c := t.Clock()
	return message.Instant(time.Date(c.Year(), c.Month(), c.Day(), c.Hour(), c.Minute(), c.Second(), c.Nanosecond(), zone))
}
