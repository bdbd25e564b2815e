package triage

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
)

const reviewerCookie = "hookline_reviewer"

// reviewer is who works at this browser, by their own word; "" for nobody yet.
func reviewer(r *http.Request) string {
	cookie, err := r.Cookie(reviewerCookie)
	if err != nil {
		return ""
	}
	name, err := url.QueryUnescape(cookie.Value)
	if err != nil {
		return ""
	}
	return report.Visible(name)
}

func (s *Server) setReviewer(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	name := strings.TrimSpace(r.PostFormValue("name"))
	if name == "" || utf8.RuneCountInString(name) > 60 {
		return errors.New("want a name of at most 60 letters")
	}
	http.SetCookie(w, &http.Cookie{
		Name: reviewerCookie, Value: url.QueryEscape(name), Path: "/", HttpOnly: true,
		SameSite: http.SameSiteStrictMode, MaxAge: int((30 * 24 * time.Hour).Seconds()),
	})
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// frame is what every page shows around its own part.
type frame struct {
	Reviewer string
	Here     string // path of the page, for the navigation
	Uploads  bool
}

func (s *Server) frame(r *http.Request) frame {
	return frame{Reviewer: reviewer(r), Here: r.URL.Path, Uploads: s.options.Ingest != nil}
}

type queuePage struct {
	frame
	Cases                         []Case
	Total, First, Last            int
	Filter                        Filter
	Bands, Queues                 []string
	Categories, Languages, States []string
	Previous, Next                string // links
}

func (s *Server) filter(r *http.Request) (Filter, error) {
	q := r.URL.Query()
	f := Filter{
		Band: q.Get("band"), Queue: q.Get("queue"), Category: q.Get("category"), Language: q.Get("language"),
		State: q.Get("state"), Since: q.Get("since"), Size: perPage,
	}
	if f.Since != "" {
		if _, err := time.Parse(time.DateOnly, f.Since); err != nil {
			return f, errors.New("since: want a day such as 2026-03-01")
		}
	}
	if from := q.Get("from"); from != "" {
		n, err := strconv.Atoi(from)
		if err != nil || n < 0 {
			return f, errors.New("from: want a number")
		}
		f.From = n
	}
	return f, nil
}

func (s *Server) queue(w http.ResponseWriter, r *http.Request) error {
	f, err := s.filter(r)
	if err != nil {
		return err
	}
	page := queuePage{
		frame: s.frame(r), Filter: f, Bands: []string{"P0", "P1", "P2", "P3"},
		Queues: []string{"child", "safety", "crisis", "victim", "recruiter", "scammer"},
		States: []string{"open", "second_look", "confirmed", "rejected", "escalated", "unclear", "all"},
	}
	store := s.options.Store
	if page.Cases, page.Total, err = store.Page(r.Context(), f); err != nil {
		return err
	}
	if page.Categories, err = store.Values(r.Context(), "category"); err != nil {
		return err
	}
	if page.Languages, err = store.Values(r.Context(), "language"); err != nil {
		return err
	}
	page.First, page.Last = min(f.From+1, page.Total), f.From+len(page.Cases)
	link := func(from int) string {
		q := r.URL.Query()
		q.Set("from", strconv.Itoa(from))
		return "/?" + q.Encode()
	}
	if f.From > 0 {
		page.Previous = link(max(0, f.From-perPage))
	}
	if page.Last < page.Total {
		page.Next = link(page.Last)
	}
	return s.render(w, "queue", page)
}

type casePage struct {
	frame
	Row      Case
	Case     *report.Case
	History  []Decision
	Spans    []span
	Hidden   bool // violent text waits to be asked for
	Partners []Partner
	Problem  string
	Second   bool // somebody has to agree with the last decision
}

// span is a piece of evidence that can be called right or wrong.
type span struct {
	Index       int
	Text, Title string
}

// show writes a case: a page of its own, or for htmx just the case.
func (s *Server) show(w http.ResponseWriter, r *http.Request) error {
	return s.showCase(w, r, false, "")
}

func (s *Server) showCase(w http.ResponseWriter, r *http.Request, revealed bool, problem string) error {
	row, err := s.options.Store.Case(r.Context(), r.PathValue("key"))
	if err != nil {
		return err
	}
	page := casePage{frame: s.frame(r), Row: row, Problem: problem, Second: row.State == SecondLook}
	if page.History, err = s.options.Store.History(r.Context(), row.Key); err != nil {
		return err
	}
	thread, err := s.thread(row.Key)
	if err != nil {
		return err
	}
	page.Case = report.NewCase(s.options.Rules.Current(), &thread.Verdict, thread.Plain(), nil)
	if page.Hidden = violent(thread) && !revealed; page.Hidden {
		page.Case.Lines, page.Case.NearMisses, page.Case.Opposing = nil, nil, nil
	} else {
		set := s.options.Rules.Current().Set()
		for i, e := range thread.Verdict.Evidence {
			title := e.Rule
			if known, ok := set.Rule(e.Rule); ok {
				title = known.Title
			}
			page.Spans = append(page.Spans, span{i, report.Visible(e.Text), title})
		}
	}
	if thread.Queue != rule.NoQueue {
		page.Partners = fresh(s.options.Partners, thread.Queue.String(), time.Now())
	}
	name := "case-page"
	if r.Header.Get("HX-Request") == "true" {
		name = "case-pane"
	}
	if problem != "" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusConflict)
	}
	return s.render(w, name, page)
}

// thread fetches what a case is about.
func (s *Server) thread(key string) (thread *casebook.Thread, err error) {
	var k message.Key
	if err := k.UnmarshalText([]byte(key)); err != nil {
		return nil, ErrNoCase
	}
	err = s.withBook(func(book *casebook.Book) error {
		thread, err = book.Thread(k)
		if err == nil && thread == nil {
			err = ErrNoCase
		}
		return err
	})
	return thread, err
}

// violent says whether a thread's text may hurt to read: it is hidden until
// somebody asks for it.
func violent(t *casebook.Thread) bool {
	return slices.ContainsFunc(t.Verdict.Tags, func(tag string) bool {
		return strings.HasPrefix(tag, "trafficked_distress.coercion.") || tag == "romance_investment.coercion.threat"
	})
}

func (s *Server) reveal(w http.ResponseWriter, r *http.Request) error {
	name := reviewer(r)
	if name == "" {
		return errors.New("say who you are first")
	}
	if err := s.options.Store.Reveal(r.Context(), r.PathValue("key"), name); err != nil {
		return err
	}
	return s.showCase(w, r, true, "")
}

// decide takes a reviewer's action. A conflict shows the case as it now is.
func (s *Server) decide(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return err
	}
	version, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return errors.New("no version")
	}
	d := Decision{Reviewer: reviewer(r), Action: Action(r.PostForm.Get("action")), Note: strings.TrimSpace(r.PostForm.Get("note"))}
	if d.Reviewer == "" {
		return errors.New("say who you are first")
	}
	if d.Spans, err = s.spans(r); err != nil {
		return err
	}
	_, err = s.options.Store.Decide(r.Context(), r.PathValue("key"), version, d)
	if errors.Is(err, ErrConflict) {
		s.metrics.conflicts.Add(1)
		return s.showCase(w, r, false, ErrConflict.Error())
	}
	if err != nil {
		return err
	}
	s.metrics.decisions.Add(1)
	if r.Header.Get("HX-Request") == "true" {
		return s.showCase(w, r, false, "")
	}
	http.Redirect(w, r, "/case/"+r.PathValue("key"), http.StatusSeeOther)
	return nil
}

// spans reads which pieces of evidence a reviewer called right or wrong.
func (s *Server) spans(r *http.Request) (all []SpanDecision, err error) {
	var thread *casebook.Thread
	for name, values := range r.PostForm {
		text, ok := strings.CutPrefix(name, "span-")
		if !ok || values[0] == "" {
			continue
		}
		if thread == nil {
			if thread, err = s.thread(r.PathValue("key")); err != nil {
				return nil, err
			}
		}
		index, _ := strconv.Atoi(text)
		span, ok := evidenceOf(&thread.Verdict, index)
		if !ok {
			return nil, errors.New("no such evidence")
		}
		span.Right = values[0] == "right"
		all = append(all, span)
	}
	slices.SortFunc(all, func(a, b SpanDecision) int {
		return strings.Compare(a.Rule+a.Message+strconv.Itoa(a.Start), b.Rule+b.Message+strconv.Itoa(b.Start))
	})
	return all, nil
}

type searchPage struct {
	frame
	Query         string
	IncludeSafety bool
	Hits          []hit
	Total         int
	Problem       string
}

// hit is a message that was found, ready to be shown.
type hit struct {
	Key, Thread, Sender, Sent, Band, Queue, Text string
	Case                                         bool
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	page := searchPage{frame: s.frame(r), Query: r.URL.Query().Get("q"), IncludeSafety: r.URL.Query().Get("safety") != ""}
	if page.Query == "" {
		return s.render(w, "search", page)
	}
	err := s.withBook(func(book *casebook.Book) error {
		found, err := book.Search(casebook.Request{Query: page.Query, Size: perPage, IncludeSafety: page.IncludeSafety})
		if err != nil {
			return err
		}
		page.Total = found.Total
		for _, h := range found.Hits {
			page.Hits = append(page.Hits, hit{
				h.Key, report.Visible(h.Thread), report.Visible(h.Sender), h.Sent, h.Band.String(), h.Queue.String(),
				report.Marked(h.Text, h.Spans, 220, false), h.Band >= rule.P3,
			})
		}
		return nil
	})
	if errors.Is(err, errBusy) {
		return err
	}
	if err != nil {
		page.Problem = report.Visible(err.Error())
	}
	return s.render(w, "search", page)
}

type partnersPage struct {
	frame
	Partners []Partner
}

func (s *Server) partners(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, "partners", partnersPage{s.frame(r), fresh(s.options.Partners, "", time.Now())})
}

// decisions writes what was decided as labelled messages, which eval and fit
// read.
func (s *Server) decisions(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set("Content-Disposition", `attachment; filename="decisions.jsonl"`)
	return s.options.Store.Decided(r.Context(), func(key message.Key, label, category string) error {
		var thread *casebook.Thread
		err := s.withBook(func(book *casebook.Book) (err error) {
			thread, err = book.Thread(key)
			return err
		})
		if err != nil || thread == nil {
			return err
		}
		for i := range thread.Messages {
			m := &thread.Messages[i].Message
			line := append(labelled(m.AppendJSON(nil), label, category, thread.Language), '\n')
			if _, err := w.Write(line); err != nil {
				return nil // nobody reads on
			}
		}
		return nil
	})
}

// labelled adds labels to a message's JSON.
func labelled(object []byte, label, category, lang string) []byte {
	text := append(object[:len(object)-1], `,"label":`...)
	text = message.AppendString(text, label)
	text = append(text, `,"category":`...)
	text = message.AppendString(text, category)
	if lang != "" {
		text = append(text, `,"lang":`...)
		text = message.AppendString(text, lang)
	}
	return append(text, '}')
}

func (s *Server) audit(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "application/x-ndjson")
	out := json.NewEncoder(w)
	return s.options.Store.Audit(r.Context(), func(e Event) error { return out.Encode(e) })
}
