package scan

import (
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
	// Message, if set, takes each message with what was found in it, before
	// the thread's verdict, in the order of the input. Verdicts then bear the
	// Key of their thread.
	Message func(*message.Message, *detector.Matches) error
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
	done     chan error
	flushed  chan struct{}
	threads  threads
	counts   Counts
	failed   error
	stopped  bool
}

// batchSize is large enough to make the hand-over cheap (measured: no gain
// above 128) and small enough to keep every worker busy on short inputs.
const batchSize = 128

// batch is a run of messages and what was found in them.
type batch struct {
	messages []message.Message
	matches  []detector.Matches
	language []string
	verdicts []detector.Verdict // about messages without a thread
	flush    bool               // close every thread after this batch
	ready    chan struct{}      // closed when matched
}

// New starts a scan. Close it.
func New(d *detector.Detector, options Options) *Scan {
	workers := options.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	s := &Scan{
		detector: d, options: options,
		todo: make(chan *batch, workers), ordered: make(chan *batch, 4*workers),
		done: make(chan error, 1), flushed: make(chan struct{}),
	}
	s.threads = threads{detector: d, options: options, counts: &s.counts, workers: workers}
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
		s.batch = &batch{messages: make([]message.Message, 0, batchSize), ready: make(chan struct{})}
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
		s.batch = &batch{ready: make(chan struct{})}
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
	return s.counts, err
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

func (s *Scan) work() {
	for b := range s.todo {
		b.matches = make([]detector.Matches, len(b.messages))
		if s.options.Language != nil {
			b.language = make([]string, len(b.messages))
		}
		for i := range b.messages {
			m := &b.messages[i]
			b.matches[i] = s.detector.Match(m)
			if s.options.Language != nil && m.Scored() {
				b.language[i] = s.options.Language(m.Text)
			}
			if m.Thread == "" && !s.options.PerMessage {
				if b.verdicts == nil {
					b.verdicts = make([]detector.Verdict, len(b.messages))
				}
				b.verdicts[i] = s.threads.verdict(s.threads.lone(b, i))
			}
		}
		close(b.ready)
	}
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
	}
	s.done <- nil
}
