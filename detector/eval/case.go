package eval

import (
	"time"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// Labels of a thread.
const (
	Scam   = "scam"
	Benign = "benign"
	AtRisk = "at_risk"
)

// Case is a labelled thread and the detector's answer.
type Case struct {
	Set      string
	Label    string
	Category string
	Lang     string
	Group    string // near-duplicate campaign, or a name of its own
	Alone    bool   // one author speaks: no reporter, no second party
	Verdict  detector.Verdict
	Early    Early
}

// OutOfScope says whether the thread is a scam of a kind that Hookline does
// not look for.
func (c *Case) OutOfScope() bool {
	return c.Label == Scam && (c.Category == "other_scam" || c.Category == "unknown" || c.Category == "")
}

// Early is when a thread's first alert came, seen from the first message that
// asks for money.
type Early struct {
	Asked    bool // some message asks for money
	Before   bool // the first alert came before it
	Messages int  // by how many messages (0 where not before)
	Gap      time.Duration
}

// thread collects a labelled thread.
type thread struct {
	set      string
	messages []message.Message
}

func (t *thread) labels() *message.Labels {
	for i := range t.messages {
		if l := t.messages[i].Labels; l != nil && l.Label != "" {
			return l
		}
	}
	return nil
}

// alone says whether one author speaks: a post, an SMS, an advert.
func (t *thread) alone() bool {
	for i := range t.messages {
		m := &t.messages[i]
		if m.Role == message.Reporter || m.Sender != t.messages[0].Sender {
			return false
		}
	}
	return true
}

// early compares the first alert with the first request for money.
func (t *thread) early(v *detector.Verdict) (e Early) {
	ask, alert := -1, -1
	for i := range t.messages {
		m := &t.messages[i]
		if ask < 0 && m.Labels != nil && m.Labels.AsksMoney {
			ask = i
		}
		if alert < 0 && v.FirstAlert != nil && v.FirstAlert.Message == m.ID {
			alert = i
		}
	}
	if ask < 0 {
		return e
	}
	e.Asked = true
	if alert >= 0 && alert < ask {
		e.Before = true
		e.Messages = ask - alert
		e.Gap = t.messages[ask].Sent.Since(t.messages[alert].Sent)
	}
	return e
}
