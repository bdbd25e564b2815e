package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	beamlog "github.com/apache/beam/sdks/v2/go/pkg/beam/log"
)

func main() {
	beamlog.LogLevel = "warn"
	var o options
	o.register(flag.CommandLine) // Beam's own options are there already
	flag.Parse()
	beam.Init() // does not return where a runner started this process as a worker
	os.Exit(run(context.Background(), &o, flag.Args()))
}

// Exit codes, as those of hookline scan.
const (
	exitDone    = 0
	exitFailed  = 2
	exitSkipped = 3
)

func run(ctx context.Context, o *options, globs []string) int {
	done, err := o.run(ctx, globs)
	if err != nil {
		fmt.Fprintf(os.Stderr, "hookline-beam: %v\n", err)
		return exitFailed
	}
	fmt.Fprintln(os.Stderr, done)
	if done.faults > 0 {
		return exitSkipped
	}
	return exitDone
}
