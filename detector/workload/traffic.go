package workload

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
)

// Traffic is what a stream of messages is made of. The zero Traffic is of lone
// messages in English.
type Traffic struct {
	Threads float64 // the share of messages that are part of a conversation
	Open    int     // conversations under way at once, interleaved at random: all, where it is n; one after the other, below 2
	Adverts bool    // lone messages are adverts
	Mixed   bool    // half is English, the rest of all scripts
	Odd     bool    // some conversations have no times or no numbers, or name a reporter
}

// Each gives n messages to each. Their Position counts them.
func (g *Generator) Each(n int, t Traffic, each func(*message.Message) error) error {
	units := max(int(float64(n)/t.meanUnit()), 1)
	open := make([]place, max(1, min(t.Open, units)))
	for i := range open {
		open[i].number = int32(g.count + i)
	}
	units += g.count
	g.count += len(open)
	for position := range n {
		at := &open[g.r.IntN(len(open))]
		u := g.unit(int(at.number), t)
		m := g.message(&u, int(at.seq))
		m.Position = int64(position)
		if at.seq++; int(at.seq) == u.size {
			switch {
			case g.count < units || len(open) == 1:
				*at = place{number: int32(g.count)}
				g.count++
			default:
				*at = open[len(open)-1]
				open = open[:len(open)-1]
			}
		}
		if err := each(&m); err != nil {
			return err
		}
	}
	return nil
}

// Write writes n messages as contract JSONL. Their namespace is that of whoever
// reads them.
func (g *Generator) Write(to io.Writer, n int, t Traffic) error {
	out := bufio.NewWriterSize(to, 1<<20)
	var line []byte
	err := g.Each(n, t, func(m *message.Message) error {
		m.Namespace = ""
		line = append(m.AppendJSON(line[:0]), '\n')
		_, err := out.Write(line)
		return err
	})
	return errors.Join(err, out.Flush())
}

// place is how far a unit has come: all that is kept of those under way.
type place struct {
	number int32
	seq    int32
}

// unit is a lone message or a conversation of two people. It follows from the
// seed and its number.
type unit struct {
	id                             string
	lone, advert                   bool
	script                         Script
	size                           int // in messages
	people                         [2]string
	start                          time.Time
	matching                       bool
	untimed, unnumbered, reporting bool
}

// Conversations have this many messages on average, and at most.
const (
	meanThread = 10
	maxThread  = 40
)

// loneUnits is the share of units that are lone messages.
func (t Traffic) loneUnits() float64 {
	return (1 - t.Threads) / (1 - t.Threads + t.Threads/meanThread)
}

func (t Traffic) meanUnit() float64 {
	lone := t.loneUnits()
	return lone + (1-lone)*meanThread
}

// One conversation in so many of odd traffic is odd in one way.
const (
	untimedIn   = 12
	unnumbered  = 8
	reportingIn = 6
)

var year = time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC)

// next is the next unit.
func (g *Generator) next(t Traffic) unit {
	g.count++
	return g.unit(g.count-1, t)
}

func (g *Generator) unit(number int, t Traffic) unit {
	r := rand.New(rand.NewPCG(g.seed, uint64(number)))
	words := g.vocabulary(English).words
	u := unit{
		id: fmt.Sprintf("t%d.%d", g.seed, number), script: English, size: 1, lone: r.Float64() < t.loneUnits(), matching: r.Float64() < g.Matching,
		people: [2]string{fmt.Sprint(words[100+r.IntN(5000)], number), words[100+r.IntN(5000)]},
		start:  year.Add(time.Duration(r.IntN(180*24*60)) * time.Minute),
	}
	if t.Mixed && r.IntN(2) == 0 {
		u.script = Scripts()[r.IntN(len(Scripts()))]
	}
	if !u.lone {
		u.size = max(1, min(maxThread, int(math.Exp(2.13+0.8*r.NormFloat64()))))
	}
	u.advert = u.lone && t.Adverts
	if t.Odd {
		u.untimed, u.unnumbered, u.reporting = r.IntN(untimedIn) == 0, r.IntN(unnumbered) == 0, r.IntN(reportingIn) == 0
	}
	return u
}

// step is how far the messages of a conversation are apart, more or less.
const step = time.Hour

// message makes a message of a unit.
func (g *Generator) message(u *unit, seq int) message.Message {
	sender := g.r.IntN(2)
	m := message.Message{
		Namespace: "generated", Source: "generated", Thread: u.id, ID: fmt.Sprint("m", seq), Sender: u.people[sender],
		Kind: message.Chat, Seq: int64(seq), HasSeq: !u.unnumbered,
	}
	if u.lone {
		m.Thread, m.ID, m.Seq, m.HasSeq, m.Kind = "", u.id, 0, false, message.SMS
	}
	if u.unnumbered {
		m.Seq = 0
	}
	if !u.untimed {
		m.Sent = message.Instant(u.start.Add(time.Duration(seq)*step + time.Duration(g.r.IntN(int(step/time.Second)))*time.Second))
	}
	if u.reporting {
		m.Role = [2]message.Role{message.Counterparty, message.Reporter}[sender]
	}
	says := u.matching && (u.lone || g.r.IntN(3) == 0)
	if !u.advert {
		m.Text = g.body(u.script, g.size(), says)
		return m
	}
	m.Kind = message.JobAdvert
	paragraphs := make([]string, 10)
	for i := range paragraphs {
		paragraphs[i] = g.body(u.script, 280, says && i == 0)
	}
	m.Text = strings.Join(paragraphs, "\n")
	return m
}
