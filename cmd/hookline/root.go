package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/builtin"
)

// version of the program; the rule set has its own.
const version = builtin.Version

// streams are what a command reads and writes: answers to out, everything else
// to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// Exit codes of CONTRACT; where several apply, the least positive of usage,
// bad, skipped in that order.
const (
	exitDone        = 0
	exitBad         = 1 // the answer is "bad"
	exitUsage       = 2 // wrong usage, bad rules, nothing readable
	exitSkipped     = 3 // done, but records were skipped
	exitInterrupted = 130
)

// exit is an error that only says how to end.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// run executes a command line and returns its exit code.
func run(args []string, s streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var code exit
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return exitDone
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	default:
		fmt.Fprintf(s.err, "hookline: %v\n", err)
		return exitUsage
	}
}

func newRoot(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "hookline",
		Short: "Find scam scripts in messages",
		Long: `Hookline reads message exports and job adverts, tags the scam scripts in them
(romance baiting, crypto fraud, fake jobs), finds people who may be held and forced
to write them, and says how urgent a human look is. Everything stays on this machine.`,
		Example:       "  hookline scan chat.zip adverts/\n  hookline explain \"pay the tax first, then you can withdraw\"",
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version,
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w\nsee: %s --help", err, cmd.CommandPath())
	})
	root.AddCommand(newScan(s), newConvert(s), newExplain(s), newRules(s), newEval(s), newFit(s),
		newSearch(s), newHunt(s), newSimilar(s), newCampaigns(s), newCasebook(s), newServe(s), newBench(s), newFormats(s), newVersion(s), newMan(s, root))
	return root
}
