package export

import (
	"fmt"
	"slices"
	"strings"
)

// lineKind is what a line of a chat in text is.
type lineKind uint8

const (
	lineMore  lineKind = iota // goes on with the entry above
	lineHead                  // begins an entry
	lineAside                 // belongs to no entry: a date, a banner
)

// talkLine is a line as a grammar reads it.
type talkLine struct {
	kind    lineKind
	date    dateWords
	dialect string // lines of one dialect have one order of day and month
	sender  string
	text    string
	system  bool
	title   string // of the conversation, where the line tells it
	group   bool   // the title is that of a place where many may write
	below   bool   // the words begin on the next line
	proof   bool   // the date is of no entry, but tells the order, as that of the saving
	halves  bool   // the time has AM or PM as the United States write them
}

// grammar reads the lines of a chat in text, one after the other.
type grammar struct {
	read func(line string) talkLine
	// judge decides what a finished entry is, by its words and its number.
	judge func(e *entry, index int)
}

// talkSurvey is what a first pass over a file learns.
type talkSurvey struct {
	votes    map[string]*orderVotes
	dialects []string
	people   people
	order    []string // people in the order of their first words, at most three
	title    string
	group    bool
	first    string // the first entry
	american bool
}

// readTalk reads a chat in text twice: for the order of its dates and its
// people, then for its messages. known is nil in the first pass.
func readTalk(u *unit, title string, make func(known people) grammar) error {
	f := u.files[0]
	s := talkSurvey{votes: map[string]*orderVotes{}, people: people{}, title: title}
	g := make(nil)
	if err := u.talkLines(f, func(line string) { s.line(g.read(line), line) }); err != nil {
		return err
	}
	orders := s.orders(u, f)
	g = make(s.people)
	t := &talk{u: u, f: f, thread: s.thread(u, f)}
	entries := 0
	t.judge = func(e *entry) {
		if g.judge != nil {
			g.judge(e, entries)
		}
		entries++
	}
	err := u.eachTextLine(f, func(line string, number int) error {
		l := g.read(line)
		switch l.kind {
		case lineAside:
			return t.begin(nil)
		case lineMore:
			if !t.more(line) && strings.TrimSpace(unmark(line)) != "" {
				return u.failLine(f, number, "a line before the first message")
			}
			return nil
		}
		e := &entry{line: number, sender: l.sender, system: l.system, size: len(l.text)}
		if !l.below {
			e.lines = []string{l.text}
		}
		l.date.chat = true
		var ok bool
		if e.sent, ok = l.date.resolve(orders[l.dialect]); !ok {
			u.oddTime(place(f.name, number, 0))
		}
		return t.begin(e)
	})
	if err != nil {
		return err
	}
	return t.end()
}

func (s *talkSurvey) line(l talkLine, line string) {
	if l.title != "" && s.title == "" {
		s.title, s.group = l.title, l.group
	}
	if l.kind != lineHead {
		if l.proof {
			s.vote(l).prove(&l.date)
		}
		return
	}
	if s.first == "" {
		s.first = line
	}
	s.american = s.american || l.halves
	s.vote(l).add(&l.date)
	if l.sender != "" && !l.system {
		if s.people[l.sender] == 0 && len(s.order) < 3 {
			s.order = append(s.order, l.sender)
		}
		s.people.add(l.sender)
	}
}

// vote is what was learnt of the dialect of a line.
func (s *talkSurvey) vote(l talkLine) *orderVotes {
	v := s.votes[l.dialect]
	if v == nil {
		v = &orderVotes{}
		if len(s.votes) < 100 {
			s.votes[l.dialect] = v
			s.dialects = append(s.dialects, l.dialect)
		}
	}
	return v
}

// orders settles the order of each dialect and says where it was a guess.
func (s *talkSurvey) orders(u *unit, f *file) map[string]dateOrder {
	orders := map[string]dateOrder{}
	said := parseOrder(u.r.opts.DateOrder)
	guess := orderUnknown
	for _, dialect := range s.dialects {
		order, sure := s.votes[dialect].decide(s.american)
		if said != orderUnknown {
			order, sure = said, true
		}
		orders[dialect] = order
		if !sure {
			guess = order
		}
	}
	if guess != orderUnknown {
		u.note(f, fmt.Sprintf("dates are ambiguous: read as %s, --date-order dmy|mdy|ymd decides", guess))
	}
	return orders
}

// thread names the conversation. Two people are their conversation, whatever
// the file is called; any other chat is known by its title and its first entry,
// since people come and go.
func (s *talkSurvey) thread(u *unit, f *file) *thread {
	names := s.people.names()
	title := s.title
	switch {
	case s.group:
	case len(names) == 1 || len(names) == 2:
		title = strings.Join(names, ", ")
	case title == "" && len(names) > 2:
		title = strings.Join(s.order, ", ") + "…"
	case title == "":
		title = stem(f.base())
	}
	if len(names) == 2 && !s.group && !slices.ContainsFunc(names, nameless) {
		return u.peopleThread(s.first, names, title, names...)
	}
	return u.peopleThread(s.first, names, title, s.title, s.first)
}

// nameless knows what exports call their owner.
func nameless(name string) bool {
	switch strings.ToLower(name) {
	case "me", "you", "나", "회원님", "自分", "我", "自己", "sie", "ich", "tú", "yo", "você", "eu", "вы", "я", "ви", "moi", "vous", "io", "saya", "aku", "anda", "คุณ", "ฉัน":
		return true
	}
	return false
}
