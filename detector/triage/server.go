package triage

import (
	"context"
	"crypto/subtle"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/pack"
	"github.com/hookline/hookline/detector/report"
)

//go:embed assets
var assets embed.FS

// Options of a Server.
type Options struct {
	Folder string // of the casebook
	Store  *Store
	// Rules are the compiled rules in use, which may change at any time.
	Rules *pack.Live[*detector.Detector]
	// Ingest scans an uploaded export into the casebook, and says now and then
	// how many messages it has read. Nil refuses uploads.
	Ingest func(ctx context.Context, path string, progress func(messages int64)) (summary string, err error)
	// Token must come with every request, if not empty.
	Token string
	// Hosts are the host names under which the server may be asked for; a
	// request under another is refused, so that no name that a stranger points
	// at this machine opens the page.
	Hosts    []string
	Partners []Partner
	Version  string
}

// Bounds of a request.
const (
	maxUpload = 1 << 30
	maxScore  = 32 << 20
	maxForm   = 1 << 20
	perPage   = 100
)

// Server answers browsers and programs.
type Server struct {
	options Options
	pages   *template.Template
	handler http.Handler
	metrics metrics
	started time.Time

	books sync.RWMutex // held for writing while an upload writes the casebook
	book  *casebook.Book

	uploads uploads
}

// New makes a server, opens the casebook and takes its alerts over.
func New(ctx context.Context, o Options) (*Server, error) {
	s := &Server{options: o, started: time.Now()}
	var err error
	if s.pages, err = report.Templates().Funcs(template.FuncMap{"visible": report.Visible, "words": words, "title": report.Title}).ParseFS(assets, "assets/*.html"); err != nil {
		return nil, err
	}
	if err := s.refresh(ctx); err != nil {
		return nil, err
	}
	s.handler = s.guard(s.routes())
	return s, nil
}

// words is an id as people read it.
func words(id any) string { return strings.ReplaceAll(fmt.Sprint(id), "_", " ") }

// refresh opens the casebook as it is now.
func (s *Server) refresh(ctx context.Context) error {
	s.books.Lock()
	defer s.books.Unlock()
	return s.reopen(ctx)
}

// reopen does it under the lock.
func (s *Server) reopen(ctx context.Context) error {
	if s.book != nil {
		if err := s.book.Close(); err != nil {
			return err
		}
		s.book = nil
	}
	book, err := casebook.Open(s.options.Folder)
	if err != nil {
		return err
	}
	s.book = book
	_, err = s.options.Store.Sync(ctx, book)
	return err
}

// Close closes the casebook.
func (s *Server) Close() error {
	s.uploads.wait()
	s.books.Lock()
	defer s.books.Unlock()
	if s.book == nil {
		return nil
	}
	err := s.book.Close()
	s.book = nil
	return err
}

var errBusy = errors.New("the casebook is being written: try again in a moment")

// withBook lends the casebook to a request.
func (s *Server) withBook(use func(*casebook.Book) error) error {
	if !s.books.TryRLock() {
		return errBusy
	}
	defer s.books.RUnlock()
	if s.book == nil {
		return errBusy
	}
	return use(s.book)
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	page := func(pattern string, h func(http.ResponseWriter, *http.Request) error) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, h(w, r)) })
	}
	page("GET /{$}", s.queue)
	page("GET /case/{key}", s.show)
	page("POST /case/{key}", s.decide)
	page("POST /case/{key}/reveal", s.reveal)
	page("GET /search", s.search)
	page("GET /upload", s.uploadPage)
	page("POST /upload", s.upload)
	page("GET /upload/{id}", s.uploadState)
	page("GET /partners", s.partners)
	page("POST /reviewer", s.setReviewer)
	page("GET /decisions.jsonl", s.decisions)
	page("GET /audit.jsonl", s.audit)
	page("GET /assets/{name}", s.asset)
	page("POST /v1/score", s.score)
	page("GET /v1/cases", s.cases)
	page("GET /v1/rules", s.rules)
	page("POST /v1/reload", s.reload)
	page("GET /openapi.json", s.openAPI)
	page("GET /healthz", s.health)
	page("GET /metrics", s.printMetrics)
	return mux
}

// guard is what every request passes first.
func (s *Server) guard(next http.Handler) http.Handler {
	crossOrigin := http.NewCrossOriginProtection()
	next = crossOrigin.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "+
			"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		s.metrics.requests.Add(1)
		switch {
		case !s.knownHost(r.Host):
			http.Error(w, "unknown host name", http.StatusMisdirectedRequest)
		case r.URL.Path != "/healthz" && !s.authorised(w, r):
			w.Header().Set("WWW-Authenticate", `Bearer realm="hookline"`)
			http.Error(w, "a token is needed: Authorization: Bearer …, or open /?token=… once", http.StatusUnauthorized)
		case strings.HasPrefix(r.URL.Path, "/v1/") && r.Method == http.MethodPost && !jsonBody(r):
			http.Error(w, "want Content-Type application/json or application/x-ndjson", http.StatusUnsupportedMediaType)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func (s *Server) knownHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	return slices.Contains(s.options.Hosts, strings.ToLower(strings.Trim(host, "[]")))
}

const tokenCookie = "hookline_token"

// authorised checks the token in constant time: in the header, in a cookie, or
// once in the address of the first page, which then sets the cookie.
func (s *Server) authorised(w http.ResponseWriter, r *http.Request) bool {
	if s.options.Token == "" {
		return true
	}
	same := func(token string) bool {
		return subtle.ConstantTimeCompare([]byte(token), []byte(s.options.Token)) == 1
	}
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return same(bearer)
	}
	if cookie, err := r.Cookie(tokenCookie); err == nil && same(cookie.Value) {
		return true
	}
	if token := r.URL.Query().Get("token"); r.Method == http.MethodGet && r.URL.Path == "/" && same(token) {
		http.SetCookie(w, &http.Cookie{Name: tokenCookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
		return true
	}
	return false
}

func jsonBody(r *http.Request) bool {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	return kind == "application/json" || kind == "application/x-ndjson" || r.URL.Path == "/v1/reload" && r.ContentLength == 0
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// fail answers with an error, if there is one.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if err == nil {
		return
	}
	status := http.StatusBadRequest
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, ErrNoCase):
		status = http.StatusNotFound
	case errors.Is(err, ErrConflict):
		status = http.StatusConflict
	case errors.Is(err, errBusy):
		status = http.StatusServiceUnavailable
		w.Header().Set("Retry-After", "2")
	case errors.As(err, &tooLarge):
		status = http.StatusRequestEntityTooLarge
	case r.Context().Err() != nil:
		return
	}
	s.metrics.errors.Add(1)
	http.Error(w, report.Visible(err.Error()), status)
}

// render writes a page.
func (s *Server) render(w http.ResponseWriter, name string, data any) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	return s.pages.ExecuteTemplate(w, name, data)
}

// kinds of the files that pages load.
var kinds = map[string]string{"htmx.min.js": "text/javascript; charset=utf-8", "triage.js": "text/javascript; charset=utf-8", "style.css": "text/css; charset=utf-8"}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	kind, ok := kinds[name]
	if !ok {
		http.NotFound(w, r)
		return nil
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "max-age=3600")
	if name == "style.css" {
		_, err := io.WriteString(w, report.Style())
		if err != nil {
			return nil
		}
		name = "triage.css"
	}
	body, err := assets.ReadFile("assets/" + name)
	if err != nil {
		return err
	}
	_, _ = w.Write(body)
	return nil
}
