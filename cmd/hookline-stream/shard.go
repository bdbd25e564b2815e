package main

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/shard"
)

func newShard(s streams) *cobra.Command {
	var queue queueFlags
	var patience time.Duration
	var size int64
	var replicas int
	cmd := &cobra.Command{
		Use:   "shard FILE...",
		Short: "Give ranges of large files to workers that can read them",
		Long: `Shard cuts files of contract JSONL into byte ranges and puts them into a work queue of
JetStream; workers started with run --shards read them, each from the same path: a
shared file system, or copies. A range is acknowledged when its last line is committed.`,
		Example: `  hookline-stream shard --nats nats://localhost:4222 /mnt/dumps/*.jsonl
  hookline-stream run --shards --nats nats://localhost:4222 --store postgres://localhost/hookline`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var all []shard.Shard
			for _, path := range args {
				path, err := filepath.Abs(path)
				if err != nil {
					return err
				}
				shards, err := shard.Cut(path, size)
				if err != nil {
					return err
				}
				all = append(all, shards...)
			}
			q, err := queue.jetStream(cmd.Context(), s, patience)
			if err != nil {
				return err
			}
			defer func() { _ = q.Close() }()
			if err := q.SendShards(cmd.Context(), replicas, all); err != nil {
				return err
			}
			fmt.Fprintf(s.err, "hookline-stream: sent %d shards of %d files\n", len(all), len(args))
			return nil
		},
	}
	queue.register(cmd)
	cmd.Flags().DurationVar(&queue.nats.AckWait, "ack-wait", 30*time.Second, "time without progress after which a range goes to another worker")
	cmd.Flags().DurationVar(&patience, "patience", time.Minute, "how long to wait for a queue that cannot be reached")
	cmd.Flags().Int64Var(&size, "size", 4<<20, "bytes of a range")
	cmd.Flags().IntVar(&replicas, "replicas", 3, "copies of the work queue")
	return cmd
}
