package conformance

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// Verdicts are the verdicts of a run, for comparison. The zero Verdicts is
// ready to use.
type Verdicts struct {
	lines   map[string]string // by source and thread
	doubled int
}

// OneMachine judges messages as they are, thread by thread.
func OneMachine(d *detector.Detector, messages []message.Message) (*Verdicts, error) {
	threads := map[message.Key][]message.Message{}
	for i := range messages {
		key := messages[i].ThreadKey()
		threads[key] = append(threads[key], messages[i])
	}
	var verdicts Verdicts
	for _, thread := range threads {
		v := d.Judge(d.MatchAll(thread))
		if err := verdicts.Add(v.AppendJSON(nil)); err != nil {
			return nil, err
		}
	}
	return &verdicts, nil
}

// Read adds verdict JSONL.
func (v *Verdicts) Read(from io.Reader) error {
	in := bufio.NewReader(from)
	for {
		line, err := in.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := v.Add(line); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// Add adds the JSON of one verdict.
func (v *Verdicts) Add(line []byte) error {
	var fields map[string]any
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	if err := decoder.Decode(&fields); err != nil {
		return fmt.Errorf("verdict: %w", err)
	}
	if _, ok := fields["schema"]; !ok {
		return fmt.Errorf("no verdict: it has no schema")
	}
	if !says(fields) {
		return nil
	}
	normalise(fields)
	line, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	key := fmt.Sprint(fields["source"], "\x00", fields["thread"])
	if v.lines == nil {
		v.lines = map[string]string{}
	}
	if _, ok := v.lines[key]; ok {
		v.doubled++
	}
	v.lines[key] = string(line)
	return nil
}

// says tells whether a verdict reports anything at all.
func says(fields map[string]any) bool {
	for _, name := range [...]string{"evidence", "opposing", "identifiers"} {
		if list, _ := fields[name].([]any); len(list) > 0 {
			return true
		}
	}
	return false
}

// normalise takes out what a reader counts: the messages and their languages,
// and what is told from those alone.
func normalise(fields map[string]any) {
	delete(fields, "messages")
	delete(fields, "languages")
	if list, _ := fields["evidence"].([]any); len(list) == 0 {
		delete(fields, "language")
	}
	notes, _ := fields["notes"].([]any)
	notes = slices.DeleteFunc(notes, func(note any) bool { return strings.HasPrefix(fmt.Sprint(note), "unsupported:") })
	if fields["notes"] = notes; len(notes) == 0 {
		delete(fields, "notes")
	}
}

// Len is the number of threads with something to say.
func (v *Verdicts) Len() int { return len(v.lines) }

// Digest is the SHA-256 of the sorted verdicts.
func (v *Verdicts) Digest() string {
	hash := sha256.New()
	for _, key := range slices.Sorted(maps.Keys(v.lines)) {
		fmt.Fprintln(hash, v.lines[key])
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// Difference is how the verdicts of an engine differ from those of one machine.
type Difference struct {
	Lost      int // threads without a verdict
	Invented  int // verdicts about no thread of the other
	Doubled   int // threads with more than one verdict
	Differing int // verdicts that say something else
}

// Compare says how got differs.
func (v *Verdicts) Compare(got *Verdicts) Difference {
	d := Difference{Doubled: got.doubled}
	for key, line := range v.lines {
		switch other, ok := got.lines[key]; {
		case !ok:
			d.Lost++
		case other != line:
			d.Differing++
		}
	}
	for key := range got.lines {
		if _, ok := v.lines[key]; !ok {
			d.Invented++
		}
	}
	return d
}
