// Command peers runs the same rules over the same generated messages through
// hookline and through other tools, and prints what each costs: CPU time of all
// its processes, least of three rounds that take turns, less that of a run
// over one message. Peers that are not installed are left out by name. Start it
// on one processor of a quiet machine; only ratios of one run mean anything.
//
//	taskset -c 1 go run ./.ci/peers
//
// Locale and flags change a peer by two orders of magnitude and are part of its
// name.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/workload"
)

const (
	rules, phrases = 1000, 5
	messages       = 100_000
)

func main() {
	matching := flag.Float64("matching", 0.3, "share of the messages that say a phrase")
	rounds := flag.Int("rounds", 3, "rounds, of which the cheapest counts")
	compile := flag.Bool("sa-compile", true, "compile the rules of SpamAssassin, which takes minutes")
	flag.Parse()
	if err := run(*matching, *rounds, *compile); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// load is what all run.
type load struct {
	folder  string
	phrases []string
	texts   []string
	lines   [][]byte // the messages as JSONL
	compile bool
}

// measure is what a run came to.
type measure struct {
	used    time.Duration
	matched int // messages in which something was found
}

func run(matching float64, rounds int, compile bool) (err error) {
	l := &load{compile: compile}
	if l.folder, err = os.MkdirTemp("", "peers-*"); err != nil {
		return err
	}
	defer os.RemoveAll(l.folder)
	if err := l.generate(matching); err != nil {
		return err
	}
	var ready []*peer
	for _, p := range peers() {
		if err := p.prepare(l); err != nil {
			fmt.Printf("left out: %s: %v\n", p.name, err)
			continue
		}
		ready = append(ready, p)
	}
	defer func() {
		for _, p := range ready {
			if p.stop != nil {
				err = errors.Join(err, p.stop())
			}
		}
	}()
	for range rounds {
		for _, p := range ready {
			if err := p.measure(l); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
		}
	}
	report(ready)
	return nil
}

func report(all []*peer) {
	fmt.Printf("%d rules of %d phrases, messages of 100 bytes\n\n| | work | messages | matching | µs a message | hookline is faster by |\n|---|---|---|---|---|---|\n", rules, phrases)
	for _, p := range all {
		fmt.Printf("| %s | %s | %d | %.1f %% | %.2f | %.2f |\n", p.name, p.work, p.messages, 100*float64(p.matched)/float64(p.messages),
			p.each().Seconds()*1e6, p.each().Seconds()/all[0].each().Seconds())
	}
}

func (l *load) generate(matching float64) error {
	set, err := rule.Load(workload.Rules(rules, phrases))
	if err != nil {
		return err
	}
	if err := os.CopyFS(filepath.Join(l.folder, "rules"), workload.Rules(rules, phrases)); err != nil {
		return err
	}
	for _, r := range set.Rules {
		for _, p := range r.Patterns() {
			l.phrases = append(l.phrases, p.Text)
		}
	}
	g := workload.New(1)
	g.Lines, g.Matching = workload.Phrases(), matching
	if err := g.Each(messages, workload.Traffic{}, func(m *message.Message) error {
		m.Namespace = ""
		l.texts, l.lines = append(l.texts, m.Text), append(l.lines, m.AppendJSON(nil))
		return nil
	}); err != nil {
		return err
	}
	_, err = l.write("phrases", l.phrases)
	return err
}

// write makes a file of lines and returns its path.
func (l *load) write(name string, lines []string) (string, error) {
	path := filepath.Join(l.folder, name)
	return path, os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600)
}

// texted writes the first n messages, one a line.
func (l *load) texted(n int) (string, error) { return l.write(fmt.Sprintf("%d.txt", n), l.texts[:n]) }

// command runs a program and says what it used and printed. The status 1 is
// grep's for nothing found.
func command(env []string, name string, args ...string) (used time.Duration, out []byte, err error) {
	var faults bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Stderr = append(os.Environ(), env...), &faults
	out, err = cmd.Output()
	var status *exec.ExitError
	if errors.As(err, &status) && status.ExitCode() == 1 && faults.Len() == 0 {
		err = nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %s", err, faults.String())
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), out, nil
}

// peer is a way to run the load.
type peer struct {
	name, work string
	needs      []string // programs
	messages   int      // as many as take some seconds
	setup      func(l *load) error
	run        func(l *load, n int) (measure, error)
	stop       func() error

	one, all []time.Duration
	matched  int
}

func (p *peer) prepare(l *load) error {
	for _, program := range p.needs {
		if _, err := exec.LookPath(program); err != nil {
			return err
		}
	}
	if p.setup != nil {
		return p.setup(l)
	}
	return nil
}

func (p *peer) measure(l *load) error {
	one, err := p.run(l, 1)
	if err != nil {
		return err
	}
	all, err := p.run(l, p.messages)
	if err != nil {
		return err
	}
	if all.matched < p.messages/100 {
		return fmt.Errorf("it found something in %d messages of %d", all.matched, p.messages)
	}
	p.one, p.all, p.matched = append(p.one, one.used), append(p.all, all.used), all.matched
	return nil
}

// each is what a message costs.
func (p *peer) each() time.Duration {
	return (slices.Min(p.all) - slices.Min(p.one)) / time.Duration(p.messages-1)
}
