package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/telemetry"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/worker"
	"github.com/hookline/hookline/detector/export"
)

// runOptions are those of one worker.
type runOptions struct {
	engine    engineFlags
	queue     queueFlags
	envelope  string
	fields    []string
	namespace string
	dateOrder string
	timezone  string
	maxBytes  int
	listen    string
	shards    bool
	parallel  int
	drain     time.Duration

	afterCommit func()
}

func newRun(s streams, afterCommit func()) *cobra.Command {
	o := runOptions{afterCommit: afterCommit}
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Work: take messages, write verdicts, acknowledge, until told to stop",
		Long: `Run is one worker. Start as many as you like, on as many machines, of one version of
the program and one rule set. On SIGTERM it finishes what it took and ends with 0; what
it cannot do it reports and ends with 1, for a supervisor to start it again.`,
		Example: `  hookline-stream run --nats nats://a:4222,nats://b:4222 --store postgres://db/hookline --listen :9464
  hookline-stream run --nats nats://a:4222 --store sqlite:verdicts.db --field text=body --field thread=room`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runWorker(cmd.Context(), s, &o) },
	}
	o.engine.register(cmd)
	o.queue.register(cmd)
	cmd.Flags().StringVar(&o.envelope, "envelope", "none", "what a message comes in: none or osprey")
	cmd.Flags().StringArrayVar(&o.fields, "field", nil, "NAME=PATH where the objects name things otherwise (repeatable)")
	cmd.Flags().StringVar(&o.namespace, "namespace", "", "keeps equal thread names of different sources apart")
	cmd.Flags().StringVar(&o.dateOrder, "date-order", "auto", "auto, dmy, mdy or ymd")
	cmd.Flags().StringVar(&o.timezone, "timezone", "", "zone of local times, such as Asia/Manila")
	cmd.Flags().IntVar(&o.maxBytes, "max-message", 1<<20, "bytes of the longest message that is taken")
	cmd.Flags().BoolVar(&o.shards, "shards", false, "take ranges of files that shard put into JetStream, instead of messages")
	cmd.Flags().StringVar(&o.listen, "listen", "", "address of /metrics and /healthz, such as :9464 (default: none)")
	cmd.Flags().IntVar(&o.parallel, "parallel", runtime.GOMAXPROCS(0), "messages matched at once")
	cmd.Flags().DurationVar(&o.drain, "drain", 30*time.Second, "how long finishing may take when told to stop")
	return cmd
}

func (o *runOptions) wire() (wire.Options, error) {
	w := wire.Options{Export: export.Options{
		Namespace: o.namespace, DateOrder: o.dateOrder, Limits: export.Limits{Record: o.maxBytes}, Fields: map[string]string{},
	}}
	switch o.envelope {
	case "none", "":
	case "osprey":
		w.Osprey = true
	default:
		return w, fmt.Errorf("--envelope %s: want none or osprey", o.envelope)
	}
	for _, pair := range o.fields {
		name, path, ok := strings.Cut(pair, "=")
		if !ok || name == "" || path == "" {
			return w, fmt.Errorf("--field %s: want NAME=PATH", pair)
		}
		w.Export.Fields[name] = path
	}
	if o.timezone != "" {
		zone, err := time.LoadLocation(o.timezone)
		if err != nil {
			return w, fmt.Errorf("--timezone %s: unknown zone", o.timezone)
		}
		w.Export.Timezone = zone
	}
	return w, nil
}

func runWorker(ctx context.Context, s streams, o *runOptions) (err error) {
	log := s.log()
	wired, err := o.wire()
	if err != nil {
		return err
	}
	d, err := o.engine.detector()
	if err != nil {
		return err
	}
	store, err := o.engine.open(ctx, d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	source, publisher, err := o.queue.open(ctx, s, o.engine.patience, o.shards)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	metrics := telemetry.New(o.engine.identity(d))
	if o.listen != "" {
		well := func(ctx context.Context) error {
			if !source.Healthy() {
				return errors.New("the queue cannot be reached")
			}
			return store.Ping(ctx)
		}
		address, err := metrics.Serve(context.WithoutCancel(ctx), o.listen, well)
		if err != nil {
			return err
		}
		log.Info("listening", "address", address)
	}
	log.Info("working", "rules", o.engine.identity(d), "parallel", o.parallel)
	err = worker.Run(ctx, worker.Options{
		Detector: d, Source: source, Store: store, Publisher: publisher, Wire: wired, Metrics: metrics, Log: log,
		Parallel: o.parallel, Drain: o.drain, AfterCommit: o.afterCommit,
	})
	if err == nil {
		log.Info("stopped", "reason", "asked to; everything taken is written and acknowledged")
	}
	return err
}
