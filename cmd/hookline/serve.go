package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/langid"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/pack"
	"github.com/hookline/hookline/detector/scan"
	"github.com/hookline/hookline/detector/triage"
)

type serveOptions struct {
	engine   engineFlags
	folder   string
	listen   string
	token    string
	hosts    []string
	partners string
}

func newServe(s streams) *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the triage page and the HTTP interface",
		Long: `Serve shows the alerts of a casebook to reviewers, takes their decisions, and answers
POST /v1/score. It listens on this machine alone unless told otherwise; any other
address needs a token. Rule folders are read again when they change, and on SIGHUP;
with a fault the last good rules stay in use.`,
		Example: `  hookline scan --casebook book chat.zip
  hookline serve --casebook book
  curl -H 'Content-Type: application/json' -d '{"text":"pay the tax first"}' http://127.0.0.1:8787/v1/score`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runServe(cmd.Context(), s, &o) },
	}
	o.engine.register(cmd)
	cmd.Flags().StringVar(&o.folder, "casebook", "", "folder of the casebook; made where there is none")
	cmd.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8787", "address to listen on")
	cmd.Flags().StringVar(&o.token, "token", "", "token that every request must bear (or HOOKLINE_TOKEN); needed off this machine")
	cmd.Flags().StringArrayVar(&o.hosts, "allow-host", nil, "further host name under which to answer (repeatable)")
	cmd.Flags().StringVar(&o.partners, "partners", "", "YAML file of hotlines and partners, each with the day of its last check")
	_ = cmd.MarkFlagRequired("casebook")
	return cmd
}

// Time limits of the server; scoring the largest request takes seconds.
const (
	readTimeout  = 30 * time.Second
	writeTimeout = 2 * time.Minute
	idleTimeout  = 2 * time.Minute
	drainTimeout = 20 * time.Second
)

func runServe(ctx context.Context, s streams, o *serveOptions) (err error) {
	listener, hosts, err := o.bind()
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()
	w, _, err := casebook.Create(o.folder, casebook.Options{Region: o.engine.region})
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	store, err := triage.OpenStore(filepath.Join(o.folder, triage.DatabaseName))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	options := triage.Options{
		Folder: o.folder, Store: store, Token: o.token, Hosts: hosts, Version: version,
	}
	if options.Rules, err = pack.NewLive(o.engine.detector); err != nil {
		return err
	}
	if o.partners != "" {
		if options.Partners, err = triage.ReadPartners(o.partners); err != nil {
			return err
		}
	}
	options.Ingest = func(ctx context.Context, path string, progress func(int64)) (string, error) {
		return o.ingest(ctx, options.Rules.Current(), path, progress)
	}
	server, err := triage.New(ctx, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	chosen, err := o.engine.options()
	if err != nil {
		return err
	}
	go keepFresh(ctx, options.Rules, chosen.Folders(), s)
	fmt.Fprintf(s.err, "hookline: triage page on http://%s/ (interrupt ends it)\n", listener.Addr())
	return serve(ctx, listener, server)
}

// bind checks who may ask before anything is opened.
func (o *serveOptions) bind() (net.Listener, []string, error) {
	if o.token == "" {
		o.token = os.Getenv("HOOKLINE_TOKEN")
	}
	host, _, err := net.SplitHostPort(o.listen)
	if err != nil {
		return nil, nil, fmt.Errorf("--listen: %w", err)
	}
	hosts := []string{"localhost", "127.0.0.1", "::1"}
	for _, name := range append(o.hosts, host) {
		if name != "" {
			hosts = append(hosts, strings.ToLower(name))
		}
	}
	if ip := net.ParseIP(host); o.token == "" && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, nil, fmt.Errorf("--listen %s reaches beyond this machine: give a --token", o.listen)
	}
	listener, err := net.Listen("tcp", o.listen)
	return listener, hosts, err
}

// serve answers until the context ends, then finishes what has begun.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: 64 << 10,
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return err
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// freshness is how often the rule folders are looked at for changes.
const freshness = 2 * time.Second

// keepFresh loads the rules again when their folders change and on SIGHUP,
// until the context ends, and says how it went.
func keepFresh(ctx context.Context, rules *pack.Live[*detector.Detector], folders []string, s streams) {
	tell := func(err error) {
		if err != nil {
			fmt.Fprintf(s.err, "hookline: the rules stay as they were:\n%v\n", err)
			return
		}
		fmt.Fprintf(s.err, "hookline: rules read again: %s\n", rules.Current().Rules())
	}
	if len(folders) > 0 {
		go rules.Watch(ctx, freshness, func() string {
			all := make([]fs.FS, len(folders))
			for i, folder := range folders {
				all[i] = os.DirFS(folder)
			}
			return pack.Mark(all...)
		}, tell)
	}
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangups:
			tell(rules.Reload())
		}
	}
}

// ingest scans an uploaded export into the casebook.
func (o *serveOptions) ingest(ctx context.Context, d *detector.Detector, path string, progress func(int64)) (string, error) {
	quiet := streams{in: strings.NewReader(""), out: io.Discard, err: io.Discard}
	keep := keepFlags{folder: o.folder, minBand: "P4"}
	book, err := keep.open(quiet, d, o.engine.region)
	if err != nil {
		return "", err
	}
	options := scan.Options{Language: langid.Guess, Verdict: func(*detector.Verdict) error { return nil }}
	book.record(&options)
	run := scan.New(d, options)
	var read int64
	var flags readFlags
	flags.dateOrder = "auto"
	counts, readErr := flags.read(ctx, quiet, []string{path}, handlers{
		message: func(m *message.Message) error {
			if read++; read%progressEvery == 0 {
				progress(read)
			}
			return run.Message(m)
		},
		end: run.Flush,
	})
	done, err := run.Close()
	if err = errors.Join(readErr, err, book.Close()); err != nil {
		return "", err
	}
	progress(read)
	return fmt.Sprintf("read %d messages in %d threads: %d scanned, %d skipped",
		done.Scanned+skipped(counts, done), done.Threads, done.Scanned, skipped(counts, done)), nil
}
