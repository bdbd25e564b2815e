package main

import (
	"slices"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/scan"
)

// redacted gives verdicts on with pseudonyms. It holds the senders of open
// threads.
type redacted struct {
	next     verdictWriter
	redactor *report.Redactor
	senders  map[message.Key][]string
}

func newRedacted(next verdictWriter, redactor *report.Redactor) *redacted {
	return &redacted{next, redactor, map[message.Key][]string{}}
}

// record makes a scan tell who writes in which thread.
func (r *redacted) record(options *scan.Options) {
	follow(options, func(m *message.Message) error {
		if key := m.ThreadKey(); m.Sender != "" && !slices.Contains(r.senders[key], m.Sender) {
			r.senders[key] = append(r.senders[key], strings.Clone(m.Sender))
		}
		return nil
	}, func(key message.Key) { delete(r.senders, key) })
}

func (r *redacted) Write(v *detector.Verdict) error {
	return r.next.Write(r.redactor.Verdict(v, r.senders[v.Key]))
}

// follow makes a scan give each message to take, and the key of each thread to
// close once its verdict is out.
func follow(options *scan.Options, take func(*message.Message) error, closed func(message.Key)) {
	next, verdict := options.Message, options.Verdict
	options.Message = func(m *message.Message) error {
		if next != nil {
			if err := next(m); err != nil {
				return err
			}
		}
		return take(m)
	}
	options.Verdict = func(v *detector.Verdict) error {
		err := verdict(v)
		if v.Message == "" {
			closed(v.Key)
		}
		return err
	}
}
