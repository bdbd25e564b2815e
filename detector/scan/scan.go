package scan

import (
	"errors"
	"runtime"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// Options of a Scan; the zero Options are usable.
type Options struct {
	// Workers is how many messages are matched at once; 0 stands for one per
	// processor.
	Workers int
	// PerMessage asks for a verdict about each message instead of each thread.
	PerMessage bool
	// Grouped says that threads are contiguous: each closes at the switch to
	// the next, and one that returns is an error.
	Grouped bool
	// Language tells the language of a message for the verdict's counts; nil
	// for no counts.
	Language func(text string) string
	// Verdict takes each verdict, from one goroutine at a time.
	Verdict func(*detector.Verdict) error
	// Thread, if set, takes the verdict about each thread, before Verdict takes
	// it or those about its messages.
	Thread func(*detector.Verdict) error
	// Message, if set, takes each message before the thread's verdict, in the
	// order of the input; it may keep its strings. Verdicts then bear the Key
	// of their thread.
	Message func(*message.Message) error
}

// Counts is what a scan did so far.
type Counts struct {
	Messages int64 // taken in, system notices and other unscored ones included
	Scanned  int64 // with words to look at
	Threads  int64 // judged
}

// Scan is a scan in progress. Its methods must be called from one goroutine.
type Scan struct {
	detector *detector.Detector
	options  Options
	batch    *batch
	todo     chan *batch
	ordered  chan *batch // in the order of the input
	free     chan *batch
	done     chan error
	flushed  chan struct{}
	threads  threads
	counts   Counts
	failed   error
	stopped  bool
}

// batchSize is large enough to make the hand-over cheap and small enough to
// keep every worker busy on short inputs.
const batchSize = 256

// batch is a run of messages and what was found in them. Batches are used
// again.
type batch struct {
	messages []message.Message
	found    []finding
	states   []byte        // what was found in messages of threads, encoded
	flush    bool          // close every thread after this batch
	ready    chan struct{} // receives when matched
}

// finding is what was found in one message.
type finding struct {
	key      message.Key // of the thread, where there is one or somebody asks
	language string
	hint     detector.Hint    // of a message of a thread
	from, to int              // its part of the batch's states
	verdict  detector.Verdict // about a message without a thread
	matches  detector.Matches // of one without a thread, with PerMessage
}

// New starts a scan. Close it.
func New(d *detector.Detector, options Options) *Scan {
	workers := options.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	s := &Scan{
		detector: d, options: options,
		todo: make(chan *batch, workers), ordered: make(chan *batch, 4*workers), free: make(chan *batch, 5*workers+2),
		done: make(chan error, 1), flushed: make(chan struct{}),
	}
	s.threads = threads{detector: d, options: options, counts: &s.counts, workers: workers, log: newLog()}
	for range workers {
		go s.work()
	}
	go s.collect()
	return s
}

// Message takes the next message. The error is that of a sink; the scan goes
// no further.
func (s *Scan) Message(m *message.Message) error {
	if s.batch == nil {
		s.batch = s.newBatch()
	}
	s.batch.messages = append(s.batch.messages, *m)
	if len(s.batch.messages) == batchSize {
		return s.send()
	}
	return nil
}

// Flush judges every open thread and waits until the verdicts are given out.
func (s *Scan) Flush() error {
	if s.batch == nil {
		s.batch = s.newBatch()
	}
	s.batch.flush = true
	if err := s.send(); err != nil {
		return err
	}
	select {
	case <-s.flushed:
		return nil
	case err := <-s.done:
		return s.fail(err)
	}
}

// Close flushes, stops the workers and returns what was done.
func (s *Scan) Close() (Counts, error) {
	if s.stopped {
		return s.counts, s.failed
	}
	err := s.failed
	if err == nil {
		err = s.Flush()
	}
	s.stopped = true
	close(s.todo)
	close(s.ordered)
	if s.failed == nil {
		<-s.done
	}
	return s.counts, errors.Join(err, s.threads.log.close())
}

func (s *Scan) send() error {
	if s.failed != nil {
		return s.failed
	}
	b := s.batch
	s.batch = nil
	select {
	case s.ordered <- b:
	case err := <-s.done:
		return s.fail(err)
	}
	s.todo <- b
	return nil
}

func (s *Scan) fail(err error) error {
	s.failed = err
	return err
}

// newBatch is a batch that was done with, or a new one.
func (s *Scan) newBatch() *batch {
	select {
	case b := <-s.free:
		return b
	default:
		return &batch{messages: make([]message.Message, 0, batchSize), found: make([]finding, batchSize), ready: make(chan struct{}, 1)}
	}
}

func (s *Scan) work() {
	w := worker{scan: s, matcher: s.detector.NewMatcher(), languages: map[string]detector.Languages{}}
	for b := range s.todo {
		b.states = b.states[:0]
		for i := range b.messages {
			w.match(b, &b.messages[i], &b.found[i])
		}
		b.ready <- struct{}{}
	}
}

// worker matches messages.
type worker struct {
	scan      *Scan
	matcher   *detector.Matcher
	languages map[string]detector.Languages // of threads of one message
}

func (w *worker) match(b *batch, m *message.Message, f *finding) {
	options, d := &w.scan.options, w.scan.detector
	f.language = ""
	if options.Language != nil && m.Scored() {
		f.language = options.Language(m.Text)
	}
	if m.Thread != "" || options.Message != nil {
		f.key = m.ThreadKey()
	}
	switch {
	case m.Thread != "":
		matches := w.matcher.Match(m)
		f.hint, f.from = d.Hint(matches), len(b.states)
		if matches.Said() {
			b.states = d.AppendMatches(b.states, matches)
		}
		f.to = len(b.states)
	case options.PerMessage:
		f.matches = w.matcher.Match(m).Clone()
	default:
		matches := *w.matcher.Alone(m)
		if matches.Said() {
			matches = matches.Clone() // the verdict may be kept
		}
		f.verdict = d.Judge(matches)
		f.verdict.Key = f.key
		messages := 1
		if m.System {
			messages = 0
		}
		d.Annotate(&f.verdict, messages, w.counted(f.language))
	}
}

// counted is the count of one message in a language.
func (w *worker) counted(language string) detector.Languages {
	if language == "" {
		return nil
	}
	l := w.languages[language]
	if l == nil {
		l.Add(language, 1)
		w.languages[language] = l
	}
	return l
}

// collect merges batches in order; its end is sent to done.
func (s *Scan) collect() {
	for b := range s.ordered {
		<-b.ready
		err := s.threads.take(b)
		if err == nil && b.flush {
			if err = s.threads.flush(); err == nil {
				s.flushed <- struct{}{}
			}
		}
		if err != nil {
			s.done <- err
			return
		}
		b.messages, b.flush = b.messages[:0], false
		select {
		case s.free <- b:
		default:
		}
	}
	s.done <- nil
}
