package triage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
)

// score judges what is posted: one message, {"messages":[…]} as one thread, or
// JSONL. One object is answered by one verdict, JSONL by a verdict a thread, in
// the order of the threads' first messages.
func (s *Server) score(w http.ResponseWriter, r *http.Request) error {
	started := time.Now()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxScore))
	if err != nil {
		return err
	}
	lines := strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-ndjson")
	messages, err := parse(r.Context(), body, lines)
	if err != nil {
		return err
	}
	verdicts := s.judge(messages)
	s.metrics.messages.Add(int64(len(messages)))
	s.metrics.observe(time.Since(started))
	w.Header().Set("Content-Type", "application/json")
	if lines {
		w.Header().Set("Content-Type", "application/x-ndjson")
	} else {
		verdicts = verdicts[:1]
	}
	out := report.NewJSONL(w)
	for i := range verdicts {
		if err := out.Write(&verdicts[i]); err != nil {
			return nil // nobody reads on
		}
	}
	_ = out.Flush()
	return nil
}

// parse reads the messages of a request. Unlike a scan it takes no fault: who
// posts a message wants to know.
func parse(ctx context.Context, body []byte, lines bool) (messages []message.Message, err error) {
	if !lines {
		var thread struct {
			Messages []json.RawMessage `json:"messages"`
		}
		if err := json.Unmarshal(body, &thread); err != nil {
			return nil, errors.New("the body is no JSON object")
		}
		if thread.Messages != nil {
			body = bytes.Join(compact(thread.Messages), []byte("\n"))
			defer func() { oneThread(messages) }()
		} else {
			body = compact([]json.RawMessage{body})[0]
		}
	}
	reader, err := export.NewReader(export.Options{Input: "jsonl", Strict: true, Namespace: "request"}, export.Sink{
		Message: func(m *message.Message) error {
			messages = append(messages, *m)
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	if err := reader.ReadFrom(ctx, "request", bytes.NewReader(body)); err != nil {
		return nil, err
	}
	if len(messages) == 0 {
		return nil, errors.New("no message")
	}
	return messages, nil
}

// compact puts each object on one line.
func compact(objects []json.RawMessage) [][]byte {
	lines := make([][]byte, len(objects))
	for i, object := range objects {
		var line bytes.Buffer
		if json.Compact(&line, object) == nil {
			lines[i] = line.Bytes()
		}
	}
	return lines
}

// oneThread makes messages a thread, whatever they say of theirs.
func oneThread(messages []message.Message) {
	for i := range messages {
		messages[i].Thread = messages[0].ThreadID()
		if !messages[i].HasSeq {
			messages[i].Seq, messages[i].HasSeq = int64(i), true
		}
	}
}

func (s *Server) judge(messages []message.Message) []detector.Verdict {
	d := s.options.Rules.Current()
	place := map[message.Key]int{}
	var threads [][]message.Message
	for i := range messages {
		key := messages[i].ThreadKey()
		at, ok := place[key]
		if !ok {
			at = len(threads)
			place[key] = at
			threads = append(threads, nil)
		}
		threads[at] = append(threads[at], messages[i])
	}
	verdicts := make([]detector.Verdict, len(threads))
	for i, thread := range threads {
		verdicts[i] = d.Judge(d.MatchAll(thread))
		d.Annotate(&verdicts[i], len(thread), nil)
	}
	return verdicts
}

// writeJSON answers with one object.
func writeJSON(w http.ResponseWriter, value any) error {
	w.Header().Set("Content-Type", "application/json")
	out := json.NewEncoder(w)
	out.SetEscapeHTML(true)
	return out.Encode(value)
}

func (s *Server) cases(w http.ResponseWriter, r *http.Request) error {
	f, err := s.filter(r)
	if err != nil {
		return err
	}
	if size := r.URL.Query().Get("size"); size != "" {
		if f.Size, err = strconv.Atoi(size); err != nil || f.Size < 1 || f.Size > 1000 {
			return errors.New("size: want a number from 1 to 1000")
		}
	}
	page, total, err := s.options.Store.Page(r.Context(), f)
	if err != nil {
		return err
	}
	if page == nil {
		page = []Case{}
	}
	return writeJSON(w, map[string]any{"total": total, "from": f.From, "cases": page})
}

func (s *Server) rules(w http.ResponseWriter, _ *http.Request) error {
	d := s.options.Rules.Current()
	type row struct {
		ID     string      `json:"id"`
		Title  string      `json:"title"`
		Weight rule.Class  `json:"weight"`
		Stage  rule.Stage  `json:"stage"`
		Status rule.Status `json:"status"`
	}
	rows := []row{}
	for _, r := range d.Set().Rules {
		rows = append(rows, row{r.ID, r.Title, r.Class, r.Stage, r.Status})
	}
	return writeJSON(w, map[string]any{"rules": d.Rules(), "list": rows})
}

func (s *Server) reload(w http.ResponseWriter, _ *http.Request) error {
	if err := s.options.Rules.Reload(); err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"rules": s.options.Rules.Current().Rules()})
}

func (s *Server) health(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.options.Store.db.ExecContext(r.Context(), "SELECT 1"); err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"status": "ok", "version": s.options.Version, "rules": s.options.Rules.Current().Rules()})
}

func (s *Server) openAPI(w http.ResponseWriter, _ *http.Request) error {
	body, err := assets.ReadFile("assets/openapi.json")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body)
	return nil
}
