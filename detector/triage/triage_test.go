package triage_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/pack"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/triage"
)

// twoRules are enough to work with: a strong one, and a plea.
var twoRules = fstest.MapFS{
	"weights.yaml": {Data: []byte("base_rate: 0.01\nt3: 15\nt2: 60\n")},
	"fake_job/fee/upfront_fee.yaml": {Data: []byte(`id: fake_job.fee.upfront_fee
title: Pay before you work
stage: extraction
weight: strong
patterns:
  fee: {en: ["pay the fee"]}
lookalikes: [A price list.]
tests: {match: ["⟦fee|pay the fee⟧"], no_match: ["no fee"]}
`)},
	"trafficked_distress/coercion/violence.yaml": {Data: []byte(`id: trafficked_distress.coercion.violence
title: Hurt by those who hold the writer
stage: distress
weight: strong
queue: safety
act: plea
patterns:
  hurt: {en: ["they beat us"]}
lookalikes: [A match report.]
tests: {match: ["⟦hurt|they beat us⟧"], no_match: ["we beat them"]}
`)},
}

func newDetector(t testing.TB) *detector.Detector {
	t.Helper()
	set, err := rule.Load(twoRules)
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	return d
}

// hostile messages try to be markup, to steer what shows them, or to hide.
var hostile = []string{
	"<script>alert(document.domain)</script>", "<img src=x onerror=alert(1)>", `"><svg onload=alert(1)>`, "javascript:alert(1)",
	"' hx-get='/case/1' hx-trigger='load", "<a href=https://evil.example>click</a>", "\u202egnp.exe", "=HYPERLINK(\"http://evil.example\")",
	"\x1b[31mred", "\u0000\u0008", "{{.Reviewer}}", "</textarea><script>alert(1)</script>", "a\u200bb\u2066c\u2069",
}

// write keeps threads in a casebook.
func live(t testing.TB, load func() (*detector.Detector, error)) *pack.Live[*detector.Detector] {
	t.Helper()
	rules, err := pack.NewLive(load)
	require.NoError(t, err)
	return rules
}

func write(t testing.TB, folder string, d *detector.Detector, threads ...[]message.Message) {
	t.Helper()
	w, _, err := casebook.Create(folder, casebook.Options{})
	require.NoError(t, err)
	r := casebook.NewRecorder(w)
	for _, thread := range threads {
		for i := range thread {
			require.NoError(t, r.Message(&thread[i]))
		}
		v := d.Judge(d.MatchAll(thread))
		v.Key = thread[0].ThreadKey()
		require.NoError(t, r.Judged(&v))
	}
	require.NoError(t, r.Close())
}

func thread(id string, texts ...string) (all []message.Message) {
	for i, text := range texts {
		all = append(all, message.Message{ID: fmt.Sprintf("%s-%d", id, i), Thread: id, Sender: "Ann", Role: message.Counterparty, Seq: int64(i), HasSeq: true, Text: text})
	}
	return all
}

// newServer serves a casebook of the given threads.
func newServer(t testing.TB, change func(*triage.Options), threads ...[]message.Message) (*httptest.Server, *triage.Store) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "book")
	d := newDetector(t)
	write(t, folder, d, threads...)
	return serve(t, folder, d, change)
}

func serve(t testing.TB, folder string, d *detector.Detector, change func(*triage.Options)) (*httptest.Server, *triage.Store) {
	t.Helper()
	store, err := triage.OpenStore(filepath.Join(folder, "triage.db"))
	require.NoError(t, err)
	options := triage.Options{
		Folder: folder, Store: store, Hosts: []string{"127.0.0.1"}, Version: "test",
		Rules: live(t, func() (*detector.Detector, error) { return d, nil }),
	}
	if change != nil {
		change(&options)
	}
	server, err := triage.New(t.Context(), options)
	require.NoError(t, err)
	web := httptest.NewServer(server)
	t.Cleanup(func() {
		web.Close()
		require.NoError(t, server.Close())
		require.NoError(t, store.Close())
	})
	return web, store
}

func get(t testing.TB, address string, header ...string) (int, string) {
	t.Helper()
	return ask(t, http.MethodGet, address, "", header...)
}

func ask(t testing.TB, method, address, body string, header ...string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	require.NoError(t, err)
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			request.Host = header[i+1]
			continue
		}
		request.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Contains(t, response.Header.Get("Content-Security-Policy"), "default-src 'none'")
	require.NotContains(t, response.Header.Get("Content-Security-Policy"), "unsafe")
	return response.StatusCode, string(text)
}

func firstCase(t testing.TB, store *triage.Store) triage.Case {
	t.Helper()
	page, _, err := store.Page(t.Context(), triage.Filter{Size: 1, State: "all"})
	require.NoError(t, err)
	require.NotEmpty(t, page)
	return page[0]
}

func post(t testing.TB, web *httptest.Server, c triage.Case, who string, values ...string) (int, string) {
	t.Helper()
	form := url.Values{"version": {fmt.Sprint(c.Version)}}
	for i := 0; i < len(values); i += 2 {
		form.Set(values[i], values[i+1])
	}
	return ask(t, http.MethodPost, web.URL+"/case/"+c.Key, form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Cookie", "hookline_reviewer="+who)
}

func TestQueueShowsAlertsOnly(t *testing.T) {
	web, _ := newServer(t, nil, thread("t1", "hello", "pay the fee now"), thread("t2", "see you at nine"))
	status, page := get(t, web.URL+"/")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, "1–1 of 1 cases")
	require.Contains(t, page, "pay the fee")
	require.NotContains(t, page, "see you at nine")
	status, page = get(t, web.URL+"/?band=P0")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, "No case here")
	status, _ = get(t, web.URL+"/?band=P9")
	require.Equal(t, http.StatusBadRequest, status)
}

func TestDecisionIsKeptAndExported(t *testing.T) {
	web, store := newServer(t, nil, thread("t1", "hello", "pay the fee now"))
	c := firstCase(t, store)
	status, _ := post(t, web, c, "", "action", "confirm")
	require.Equal(t, http.StatusBadRequest, status, "nobody decides without a name")
	status, page := post(t, web, c, "Kim", "action", "confirm", "note", "a fee first", "span-0", "right")
	require.Equal(t, http.StatusSeeOther, status, page)
	_, page = get(t, web.URL+"/case/"+c.Key)
	require.Contains(t, page, "<strong>confirmed</strong>")
	require.Contains(t, page, "a fee first")
	_, lines := get(t, web.URL+"/decisions.jsonl")
	require.Equal(t, 2, strings.Count(lines, "\n"))
	var row struct{ Text, Label, Category, Thread string }
	require.NoError(t, json.Unmarshal([]byte(strings.SplitN(lines, "\n", 2)[0]), &row))
	require.Equal(t, "scam fake_job t1 hello", strings.Join([]string{row.Label, row.Category, row.Thread, row.Text}, " "))
	_, log := get(t, web.URL+"/audit.jsonl")
	require.Contains(t, log, `"reviewer":"Kim","event":"confirm"`)
}

func TestTwoReviewersNeverOverwriteEachOther(t *testing.T) {
	web, store := newServer(t, nil, thread("t1", "pay the fee now"))
	c := firstCase(t, store)
	var group sync.WaitGroup
	statuses := make([]int, 8)
	for i := range statuses {
		group.Go(func() { statuses[i], _ = post(t, web, c, fmt.Sprintf("R%d", i), "action", "confirm") })
	}
	group.Wait()
	won := 0
	for _, status := range statuses {
		if status == http.StatusSeeOther {
			won++
		} else {
			require.Equal(t, http.StatusConflict, status)
		}
	}
	require.Equal(t, 1, won)
	require.Equal(t, c.Version+1, firstCase(t, store).Version)
}

func TestClaimKeepsOthersOut(t *testing.T) {
	web, store := newServer(t, nil, thread("t1", "pay the fee now"))
	status, _ := post(t, web, firstCase(t, store), "Kim", "action", "claim")
	require.Equal(t, http.StatusSeeOther, status)
	status, page := post(t, web, firstCase(t, store), "Lou", "action", "reject")
	require.Equal(t, http.StatusConflict, status)
	require.Contains(t, page, "claimed by <strong dir=\"auto\">Kim</strong>")
	status, _ = post(t, web, firstCase(t, store), "Kim", "action", "reject")
	require.Equal(t, http.StatusSeeOther, status)
	_, lines := get(t, web.URL+"/decisions.jsonl")
	require.Contains(t, lines, `"label":"benign","category":"benign"`)
}

// What leaves the house takes two people.
func TestSecondLook(t *testing.T) {
	web, store := newServer(t, nil, thread("t1", "pay the fee now"))
	for _, step := range []struct {
		who, action string
		want        triage.State
	}{
		{"Kim", "escalate", triage.SecondLook}, {"Kim", "escalate", triage.SecondLook}, {"Lou", "reject", triage.Rejected},
		{"Lou", "reopen", triage.Open}, {"Kim", "escalate", triage.SecondLook}, {"Lou", "escalate", triage.Escalated},
	} {
		status, page := post(t, web, firstCase(t, store), step.who, "action", step.action)
		require.Equal(t, http.StatusSeeOther, status, page)
		require.Equal(t, step.want, firstCase(t, store).State, step)
	}
}

func TestViolenceIsHiddenUntilAskedFor(t *testing.T) {
	web, store := newServer(t, nil, thread("t1", "please help, they beat us every night"))
	c := firstCase(t, store)
	_, page := get(t, web.URL+"/case/"+c.Key)
	require.NotContains(t, page, "every night")
	require.Contains(t, page, "Show the text")
	status, page := ask(t, http.MethodPost, web.URL+"/case/"+c.Key+"/reveal", "", "Cookie", "hookline_reviewer=Kim")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, "every night")
	_, log := get(t, web.URL+"/audit.jsonl")
	require.Contains(t, log, `"event":"reveal"`)
	_, queue := get(t, web.URL+"/")
	require.NotContains(t, queue, "beat us", "the queue never shows words of those who may be held")
}

func TestHostileMessagesStayText(t *testing.T) {
	var threads [][]message.Message
	for i, text := range hostile {
		all := thread(fmt.Sprintf("%s-%d", text, i), text, "pay the fee now "+text)
		for k := range all {
			all[k].Sender = text
		}
		threads = append(threads, all)
	}
	web, store := newServer(t, nil, threads...)
	page, _, err := store.Page(t.Context(), triage.Filter{Size: 100})
	require.NoError(t, err)
	require.Len(t, page, len(hostile))
	addresses := []string{web.URL + "/", web.URL + "/search?q=" + url.QueryEscape("<script>alert(1)</script>"), web.URL + "/search?q=fee"}
	for _, c := range page {
		addresses = append(addresses, web.URL+"/case/"+c.Key)
	}
	for _, address := range addresses {
		status, text := get(t, address)
		require.Equal(t, http.StatusOK, status, address)
		for _, never := range []string{"<script>", "<img", "<svg onload", "onerror=alert(1)>", "\u202e", "\u2066", "\x1b", "<a href=\"http", "<a href=https", "hx-trigger='load"} {
			require.NotContains(t, text, never, address)
		}
	}
}

func TestStrangersAreRefused(t *testing.T) {
	web, store := newServer(t, nil, thread("t1", "pay the fee now"))
	c := firstCase(t, store)
	for name, want := range map[string]struct {
		status  int
		method  string
		path    string
		headers []string
	}{
		"another host name":    {http.StatusMisdirectedRequest, "GET", "/", []string{"Host", "evil.example"}},
		"another origin":       {http.StatusForbidden, "POST", "/case/" + c.Key, []string{"Origin", "http://evil.example", "Content-Type", "application/x-www-form-urlencoded"}},
		"another site":         {http.StatusForbidden, "POST", "/v1/score", []string{"Sec-Fetch-Site", "cross-site", "Content-Type", "application/json"}},
		"a form at the API":    {http.StatusUnsupportedMediaType, "POST", "/v1/score", []string{"Content-Type", "text/plain"}},
		"no such case":         {http.StatusNotFound, "GET", "/case/00000000000000000000000000000000", nil},
		"no key":               {http.StatusNotFound, "GET", "/case/..%2f..%2fetc", nil},
		"no upload":            {http.StatusBadRequest, "POST", "/upload", nil},
		"no such file":         {http.StatusNotFound, "GET", "/assets/..%2fstore.go", nil},
		"no JSON":              {http.StatusBadRequest, "POST", "/v1/score", []string{"Content-Type", "application/json"}},
		"a version of no case": {http.StatusBadRequest, "POST", "/case/" + c.Key, []string{"Content-Type", "application/x-www-form-urlencoded"}},
	} {
		status, text := ask(t, want.method, web.URL+want.path, "", want.headers...)
		require.Equal(t, want.status, status, "%s: %s", name, text)
	}
}

func TestToken(t *testing.T) {
	web, _ := newServer(t, func(o *triage.Options) { o.Token = "s3cret" }, thread("t1", "pay the fee now"))
	for header, want := range map[string]int{"": 401, "Bearer wrong": 401, "Bearer s3cret": 200} {
		status, _ := get(t, web.URL+"/", "Authorization", header)
		require.Equal(t, want, status, header)
	}
	status, _ := get(t, web.URL+"/?token=s3cret")
	require.Equal(t, http.StatusOK, status)
	status, _ = get(t, web.URL+"/?token=wrong")
	require.Equal(t, http.StatusUnauthorized, status)
	status, _ = get(t, web.URL+"/healthz")
	require.Equal(t, http.StatusOK, status)
}

func TestScore(t *testing.T) {
	web, _ := newServer(t, nil, thread("t1", "pay the fee now"))
	status, one := ask(t, "POST", web.URL+"/v1/score", `{"id":"m1",
		"text":"pay the fee"}`, "Content-Type", "application/json")
	require.Equal(t, http.StatusOK, status, one)
	d := newDetector(t)
	want := d.Judge(d.Match(&message.Message{ID: "m1", Namespace: "request", Text: "pay the fee", Source: "request:1"}))
	var got detector.Verdict
	require.NoError(t, json.Unmarshal([]byte(one), &got))
	require.Equal(t, want.Score, got.Score)
	require.Equal(t, want.Tags, got.Tags)

	status, both := ask(t, "POST", web.URL+"/v1/score", `{"messages":[{"text":"hello","sender":"a"},{"text":"pay the fee","sender":"a"}]}`, "Content-Type", "application/json")
	require.Equal(t, http.StatusOK, status, both)
	require.Equal(t, 1, strings.Count(both, "\n"))
	require.Contains(t, both, `"messages":2`)

	status, lines := ask(t, "POST", web.URL+"/v1/score", "{\"thread\":\"b\",\"id\":\"1\",\"text\":\"hi\"}\n{\"thread\":\"a\",\"id\":\"2\",\"text\":\"pay the fee\"}\n{\"thread\":\"b\",\"id\":\"3\",\"text\":\"pay the fee\"}\n",
		"Content-Type", "application/x-ndjson")
	require.Equal(t, http.StatusOK, status, lines)
	require.Equal(t, 2, strings.Count(lines, "\n"))
	require.Less(t, strings.Index(lines, `"thread":"b"`), strings.Index(lines, `"thread":"a"`))
	require.Equal(t, 2, strings.Count(lines, "fake_job.fee.upfront_fee\"]"))

	status, _ = ask(t, "POST", web.URL+"/v1/score", "{\"text\":\"a\"}\nno json\n", "Content-Type", "application/x-ndjson")
	require.Equal(t, http.StatusBadRequest, status)
	_, counts := get(t, web.URL+"/metrics")
	require.Contains(t, counts, "hookline_scored_messages_total 6")
	require.Contains(t, counts, "hookline_score_seconds_count 3")
	require.Contains(t, counts, `hookline_cases{state="open"`)
}

func TestReloadKeepsTheLastGoodRules(t *testing.T) {
	broken := false
	d := newDetector(t)
	web, _ := newServer(t, func(o *triage.Options) {
		o.Rules = live(t, func() (*detector.Detector, error) {
			if broken {
				return nil, fmt.Errorf("rules/x.yaml:3:1: no such field")
			}
			return d, nil
		})
	}, thread("t1", "pay the fee now"))
	broken = true
	status, text := ask(t, "POST", web.URL+"/v1/reload", "")
	require.Equal(t, http.StatusBadRequest, status)
	require.Contains(t, text, "rules/x.yaml:3:1")
	status, _ = ask(t, "POST", web.URL+"/v1/score", `{"text":"pay the fee"}`, "Content-Type", "application/json")
	require.Equal(t, http.StatusOK, status)
}

// A later scan changes cases, not decisions; what is forgotten is gone.
func TestSyncFollowsTheCasebook(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "book")
	d := newDetector(t)
	write(t, folder, d, thread("t1", "pay the fee now"), thread("t2", "pay the fee now, Bob"))
	store, err := triage.OpenStore(filepath.Join(folder, "triage.db"))
	require.NoError(t, err)
	defer store.Close()
	sync := func() int {
		book, err := casebook.Open(folder)
		require.NoError(t, err)
		n, err := store.Sync(t.Context(), book)
		require.NoError(t, err)
		require.NoError(t, book.Close())
		return n
	}
	require.Equal(t, 2, sync())
	c := firstCase(t, store)
	_, err = store.Decide(context.Background(), c.Key, c.Version, triage.Decision{Reviewer: "Kim", Action: triage.Confirm})
	require.NoError(t, err)
	require.Equal(t, 2, sync())
	again, err := store.Case(t.Context(), c.Key)
	require.NoError(t, err)
	require.Equal(t, triage.Confirmed, again.State)
	require.Equal(t, c.Version+1, again.Version)
}
