// Command gate fails where matching has become slow: it runs the same phrases
// over the same generated messages through the matcher, through grep and through
// batched phrase queries of bleve, one after the other on one processor, and
// compares CPU time. Only ratios of one run are judged, and generously, so that
// a loaded machine passes and a matcher that became several times slower fails.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
	"github.com/hookline/hookline/detector/workload"
)

// Sizes of the run, and the least ratios that pass: a fraction of what was
// measured (4 and 54 on a machine with fifty processes for two processors).
// The matcher folds, finds identifiers and names the rules besides.
const (
	rules, phrases = 1000, 5
	messages       = 60_000
	batch          = 5_000 // messages that bleve indexes and searches at once

	leastOfGrep  = 0.25
	leastOfBleve = 8.0
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gate:", err)
		os.Exit(1)
	}
}

func run() error {
	runtime.GOMAXPROCS(1)
	set, err := rule.Load(workload.Rules(rules, phrases))
	if err != nil {
		return err
	}
	var all []string
	for _, r := range set.Rules {
		for _, p := range r.Patterns() {
			all = append(all, p.Text)
		}
	}
	g := workload.New(1)
	g.Lines, g.Matching = workload.Phrases(), 0.3
	texts := make([]string, messages)
	for i := range texts {
		texts[i] = strings.ReplaceAll(g.Body(workload.English, 100), "\n", " ")
	}
	ours, err := matched(set, texts)
	if err != nil {
		return err
	}
	theirs, err := grepped(all, texts)
	if err != nil {
		return err
	}
	indexed, err := searched(all, texts[:batch])
	if err != nil {
		return err
	}
	fmt.Printf("%d rules of %d phrases, messages of 100 bytes, messages/s of CPU time: matcher %.0f, grep -F -i -w -o %.0f, bleve in batches %.0f\n",
		rules, phrases, ours, theirs, indexed)
	fmt.Printf("matcher to grep %.2f (at least %.2f), to bleve %.1f (at least %.1f)\n", ours/theirs, leastOfGrep, ours/indexed, leastOfBleve)
	if ours < leastOfGrep*theirs || ours < leastOfBleve*indexed {
		return errors.New("matching has become slow")
	}
	return nil
}

// perSecond is how many messages a second of CPU time is enough for.
func perSecond(count int, took time.Duration) float64 { return float64(count) / took.Seconds() }

// used is the CPU time of this process so far.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func matched(set *rule.Set, texts []string) (float64, error) {
	program, err := match.Compile(set)
	if err != nil {
		return 0, err
	}
	scanner, hits := program.NewScanner(""), 0
	scanner.Scan(texts[0])
	began := used()
	for _, text := range texts {
		hits += len(scanner.Scan(text).Hits)
	}
	took := used() - began
	if hits < len(texts)/10 {
		return 0, fmt.Errorf("the matcher found %d phrases in %d messages", hits, len(texts))
	}
	return perSecond(len(texts), took), nil
}

func grepped(all, texts []string) (float64, error) {
	folder, err := os.MkdirTemp("", "gate-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(folder)
	write := func(name string, lines []string) string {
		path := filepath.Join(folder, name)
		err = errors.Join(err, os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600))
		return path
	}
	list, text := write("phrases", all), write("messages", texts)
	if err != nil {
		return 0, err
	}
	grep := exec.Command("grep", "-F", "-i", "-w", "-o", "-f", list, text)
	grep.Env = append(os.Environ(), "LC_ALL=C") // in a UTF-8 locale it is hundreds of times slower
	out, err := grep.Output()
	if err != nil {
		return 0, fmt.Errorf("grep: %w", err)
	}
	if found := bytes.Count(out, []byte("\n")); found < len(texts)/10 {
		return 0, fmt.Errorf("grep found %d phrases in %d messages", found, len(texts))
	}
	return perSecond(len(texts), grep.ProcessState.UserTime()+grep.ProcessState.SystemTime()), nil
}

func searched(all, texts []string) (_ float64, err error) {
	mapping, err := textindex.Mapping(textindex.Field{Name: "text", Analyzer: textindex.Tokens, Phrases: true})
	if err != nil {
		return 0, err
	}
	began := used()
	index, err := textindex.Memory(mapping)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, index.Close()) }()
	b := index.NewBatch()
	for i, text := range texts {
		if err := b.Index(fmt.Sprint(i), map[string]any{"text": text}); err != nil {
			return 0, err
		}
	}
	if err := index.Batch(b); err != nil {
		return 0, err
	}
	found := uint64(0)
	for start := 0; start < len(all); start += phrases {
		var any []query.Query
		for _, phrase := range all[start : start+phrases] {
			any = append(any, query.NewPhraseQuery(textindex.Words(phrase), "text"))
		}
		result, err := index.Search(bleve.NewSearchRequestOptions(query.NewDisjunctionQuery(any), len(texts), 0, false))
		if err != nil {
			return 0, err
		}
		found += result.Total
	}
	took := used() - began
	if found < uint64(len(texts)/10) {
		return 0, fmt.Errorf("bleve found %d messages of %d", found, len(texts))
	}
	return perSecond(len(texts), took), nil
}
