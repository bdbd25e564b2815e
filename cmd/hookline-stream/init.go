package main

import (
	"time"

	"github.com/spf13/cobra"
)

func newInit(s streams) *cobra.Command {
	var engine engineFlags
	var queue queueFlags
	var replicas int
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Make the streams, the consumer and the tables that workers need",
		Long: `Init makes what is not there yet and changes nothing else; run it as often as you like.
The stream keeps messages after they were read, so that a lost database can be filled
again from it, for as long as --max-age says. With --kafka it makes
the tables only; topics are for whoever runs Kafka to make.`,
		Example: "  hookline-stream init --nats nats://localhost:4222 --replicas 3 --store postgres://localhost/hookline",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			d, err := engine.detector()
			if err != nil {
				return err
			}
			store, err := engine.open(ctx, d)
			if err != nil {
				return err
			}
			if err := store.Close(); err != nil {
				return err
			}
			if queue.brokers != "" && queue.nats.URL == "" {
				return nil // topics are made by whoever runs Kafka
			}
			q, err := queue.jetStream(ctx, s, engine.patience)
			if err != nil {
				return err
			}
			defer func() { _ = q.Close() }()
			return q.Setup(ctx, replicas)
		},
	}
	engine.register(cmd)
	queue.register(cmd)
	cmd.Flags().DurationVar(&queue.nats.AckWait, "ack-wait", 30*time.Second, "time after which what a worker has not acknowledged goes to another")
	cmd.Flags().DurationVar(&queue.nats.MaxAge, "max-age", 7*24*time.Hour, "how long the streams keep what is in them; 0 for ever")
	cmd.Flags().IntVar(&replicas, "replicas", 3, "copies of each stream; 1 for a single server")
	return cmd
}
