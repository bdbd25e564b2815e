package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var jsonFormat = format{
	Format: Format{
		Name: "json", Title: "JSON of messages or adverts of any program",
		Recognised: "an array of objects with text, and a sender, time, thread or id; others by --field",
		Kinds:      []message.Kind{message.Chat, message.SMS, message.Email, message.Post, message.JobAdvert},
	},
	sniff: func(s *sample) int {
		if s.keys() == nil {
			return 0
		}
		if _, byPath := s.rowsOf(nil); byPath != nil {
			return possible - 1
		}
		return 0
	},
	read: readJSONRows,
}

// rowsOf finds the array whose objects look most like messages: its path, such
// as chats.list[].messages[], and which key fills which field. The path is
// empty for an object that is a message itself.
func (s *sample) rowsOf(said map[string]string) (path string, byPath map[string]field) {
	byRow := map[string][]string{}
	var rows []string
	for _, p := range s.keys().scalars {
		row, name := "", p
		if at := strings.LastIndex(p, "[]."); at >= 0 {
			row, name = p[:at+2], p[at+3:]
		} else if strings.HasSuffix(p, "[]") {
			continue
		}
		if byRow[row] == nil {
			rows = append(rows, row)
		}
		byRow[row] = append(byRow[row], name)
	}
	best := 0
	for _, row := range rows {
		guess, ok := guessColumns(byRow[row], said)
		score := 0
		for _, f := range []field{fieldText, fieldDescription, fieldSender, fieldSent, fieldThread, fieldID, fieldSeq, fieldRole} {
			if mapped(guess, f) {
				score++
			}
		}
		if ok && (score > best && score >= 2 || len(said) > 0 && best == 0) {
			best, path, byPath = max(score, 1), row, guess
		}
	}
	return path, byPath
}

// readJSONRows reads the array that the beginning of the file shows, or the
// rows that --field describes.
func readJSONRows(u *unit) error {
	f := u.files[0]
	s := newSample(f.name, f.first())
	if s.keys() == nil {
		return u.fail(Fault{File: f.name, Text: "not JSON"})
	}
	path, byPath := s.rowsOf(u.r.opts.Fields)
	if byPath == nil {
		return u.fail(Fault{File: f.name, Text: "no field can be the text; name it with --field text=NAME"})
	}
	u.noteGuess(f, byPath)
	r := jsonRows{newRowReader(u, f, newColumns(byPath))}
	steps := pathSteps(path)
	return u.readJSON(f, func(j *jsonReader) error {
		for !j.end() {
			if err := r.walk(j, steps, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// jsonRows reads rows within arrays.
type jsonRows struct{ reader *rowReader }

// pathSteps cuts chats.list[].messages[] into chats, list, [], messages, [].
func pathSteps(path string) (steps []string) {
	for part := range strings.SplitSeq(path, ".") {
		name := strings.TrimRight(part, "[]")
		if name != "" {
			steps = append(steps, name)
		}
		for range strings.Count(part, "[]") {
			steps = append(steps, "[]")
		}
	}
	return steps
}

// walk goes down to the rows. thread is the name of what surrounds them, for
// rows that say none.
func (r *jsonRows) walk(j *jsonReader, steps []string, thread string) error {
	if len(steps) == 0 {
		return r.row(j, thread)
	}
	if steps[0] == "[]" {
		return j.array(func() error { return r.walk(j, steps[1:], thread) })
	}
	inner := thread
	return j.object(func(key string) error {
		if key == steps[0] {
			return r.walk(j, steps[1:], inner)
		}
		switch plainName(key) {
		case "chat", "chatname", "title", "name", "id", "conversationid", "threadid", "thread", "conversation", "channel", "with", "peer", "partner", "matchname", "contactname":
			name, err := j.string()
			if name != "" && len(name) < 300 {
				inner = name
			}
			if err == errLongValue || err == errDeepValue {
				err = nil
			}
			return err
		}
		return j.skip()
	})
}

func (r *jsonRows) row(j *jsonReader, thread string) error {
	if _, err := j.peek(); err != nil {
		return err
	}
	line := j.here()
	raw, err := j.raw()
	switch {
	case err == errLongValue || err == errDeepValue:
		return r.reader.u.failLine(r.reader.file, line, err.Error())
	case err != nil:
		return err
	}
	r.reader.thread = thread
	return r.reader.read(raw, line)
}
