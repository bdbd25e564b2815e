package triage

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hookline/hookline/detector/report"
)

// uploads are the scans of dropped exports. One runs at a time: a casebook has
// one writer.
type uploads struct {
	mu      sync.Mutex
	all     map[string]*upload
	running sync.WaitGroup
	slot    sync.Mutex
}

type upload struct {
	name     string
	messages atomic.Int64
	mu       sync.Mutex
	summary  string
	err      error
	done     bool
}

// keptUploads is how many finished uploads the server remembers.
const keptUploads = 100

func (u *uploads) add(id string, one *upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.all == nil || len(u.all) > keptUploads {
		u.all = map[string]*upload{}
	}
	u.all[id] = one
}

func (u *uploads) find(id string) *upload {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.all[id]
}

func (u *uploads) wait() { u.running.Wait() }

type uploadPage struct {
	frame
	ID       string
	Name     string
	Messages int64
	Done     bool
	Summary  string
	Problem  string
}

func (s *Server) uploadPage(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, "upload", uploadPage{frame: s.frame(r)})
}

// upload spools an export to a file beside the casebook and scans it.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) error {
	if s.options.Ingest == nil {
		return errors.New("this server takes no uploads")
	}
	if reviewer(r) == "" {
		return errors.New("say who you are first")
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	// The server's own limits are for short requests; an export may take a while.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(time.Hour))
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return errors.New("no file")
		}
		if err != nil {
			return err
		}
		if part.FormName() != "export" || part.FileName() == "" {
			continue
		}
		path, err := s.spool(part, part.FileName())
		if err != nil {
			return err
		}
		id := rand.Text()
		one := &upload{name: report.Visible(part.FileName())}
		s.options.Store.note(r.Context(), reviewer(r), "upload")
		s.uploads.add(id, one)
		s.uploads.running.Add(1)
		go s.ingest(context.WithoutCancel(r.Context()), path, one)
		http.Redirect(w, r, "/upload/"+id, http.StatusSeeOther)
		return nil
	}
}

// spool writes a part to a folder of its own, under a name that says no more
// than the format might need: its last element, without what could be a path.
func (s *Server) spool(part io.Reader, name string) (path string, err error) {
	folder, err := os.MkdirTemp(s.options.Folder, "upload-")
	if err != nil {
		return "", err
	}
	name = strings.Map(func(c rune) rune {
		if c < ' ' || strings.ContainsRune(`/\:*?"<>|`, c) {
			return '_'
		}
		return c
	}, filepath.Base(filepath.ToSlash(name)))
	if name = strings.TrimLeft(name, "."); name == "" {
		name = "export"
	}
	path = filepath.Join(folder, name)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = io.Copy(file, part)
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		_ = os.RemoveAll(folder)
	}
	return path, err
}

func (s *Server) ingest(ctx context.Context, path string, one *upload) {
	defer s.uploads.running.Done()
	s.uploads.slot.Lock()
	defer s.uploads.slot.Unlock()
	summary, err := s.scanInto(ctx, path, one)
	_ = os.RemoveAll(filepath.Dir(path))
	one.mu.Lock()
	defer one.mu.Unlock()
	one.summary, one.err, one.done = summary, err, true
}

// scanInto writes the casebook, while nobody reads it, and opens it again.
func (s *Server) scanInto(ctx context.Context, path string, one *upload) (summary string, err error) {
	s.books.Lock()
	defer s.books.Unlock()
	if s.book != nil {
		if err := s.book.Close(); err != nil {
			return "", err
		}
		s.book = nil
	}
	summary, err = s.options.Ingest(ctx, path, func(n int64) { one.messages.Store(n) })
	return summary, errors.Join(err, s.reopen(ctx))
}

func (s *Server) uploadState(w http.ResponseWriter, r *http.Request) error {
	one := s.uploads.find(r.PathValue("id"))
	if one == nil {
		return ErrNoCase
	}
	one.mu.Lock()
	page := uploadPage{
		frame: s.frame(r), ID: r.PathValue("id"), Name: one.name, Messages: one.messages.Load(), Done: one.done, Summary: report.Visible(one.summary),
	}
	if one.err != nil {
		page.Problem = report.Visible(one.err.Error())
	}
	one.mu.Unlock()
	if r.Header.Get("HX-Request") == "true" {
		return s.render(w, "upload-state", page)
	}
	return s.render(w, "upload", page)
}
