package casebook

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/identifier"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/textindex"
)

// Options of a Writer. The zero Options are usable.
type Options struct {
	// MinBand is the least urgent band of a thread that is kept; NoBand keeps
	// all. A thread that is there already is kept up to date whatever its band.
	MinBand rule.Band
	// Region is that of the detector's options. A casebook has one region: it
	// is set when it is made.
	Region string
	// Retain, if not nil, replaces how long threads are kept.
	Retain map[string]int
	// Judge gives the verdict of a thread that came again with messages that
	// the scan before did not have. Without it, the later verdict stands.
	Judge func([]message.Message) detector.Verdict
	// Today is the day on which threads are kept; zero stands for now.
	Today time.Time
}

// Batches are small enough that memory stays bounded (5,000 messages peak at a
// quarter of what 50,000 do) and large enough that indexing is cheap.
const (
	batchMessages = 8192
	batchBytes    = 4 << 20
)

// Writer adds threads to a casebook. Its methods must be called from one
// goroutine; indexing goes on in another.
type Writer struct {
	folder   string
	options  Options
	stores   [2]*textindex.Store
	settings Settings

	batch     []*Thread
	inBatch   map[message.Key]bool
	messages  int
	bytes     int
	full      chan []*Thread
	idle      chan struct{} // closed when the indexing goroutine ends
	failed    chan error
	err       error
	folding   fold.Folder
	finder    *identifier.Finder
	found     []identifier.Identifier
	counts    counts
	countsOff bool // the indexes hold no counts: they are written at the end
}

// Create opens a casebook for writing, and makes it where there is none.
func Create(folder string, options Options) (w *Writer, made bool, err error) {
	if made, err = prepare(folder); err != nil {
		return nil, false, err
	}
	w = &Writer{folder: folder, options: options, inBatch: map[message.Key]bool{}}
	if w.stores, err = openStores(folder, textindex.OpenStore); err != nil {
		return nil, false, err
	}
	if err := w.open(made); err != nil {
		return nil, false, errors.Join(err, w.closeStores())
	}
	return w, made, nil
}

func (w *Writer) open(made bool) (err error) {
	w.settings = Settings{Version: settingsVersion, Region: w.options.Region}
	if !made {
		if w.settings, err = readSettings(w.folder); err != nil {
			return err
		}
		if w.settings.Region != w.options.Region {
			return errors.New("the casebook was made with another --region: phone numbers would not agree")
		}
	}
	if w.options.Retain != nil {
		w.settings.Retain = w.options.Retain
	}
	if made || w.options.Retain != nil {
		if err := writeSettings(w.folder, w.settings); err != nil {
			return err
		}
	}
	if w.options.Today.IsZero() {
		w.options.Today = time.Now().UTC()
	}
	if w.counts, err = w.loadCounts(); err != nil {
		return err
	}
	w.finder = identifier.NewFinder(w.settings.Region)
	w.full, w.idle, w.failed = make(chan []*Thread), make(chan struct{}), make(chan error, 1)
	go w.index()
	return nil
}

// Keep adds a thread with its verdict: all messages that the scan saw of it.
func (w *Writer) Keep(messages []message.Message, v *detector.Verdict) error {
	if len(messages) == 0 {
		return nil
	}
	t := newThread(messages, v)
	if w.inBatch[t.Key] {
		if err := w.send(); err != nil {
			return err
		}
	}
	t.Kept = w.options.Today
	w.batch = append(w.batch, t)
	w.inBatch[t.Key] = true
	w.messages += len(messages)
	for i := range messages {
		w.bytes += len(messages[i].Text)
	}
	if w.messages >= batchMessages || w.bytes >= batchBytes {
		return w.send()
	}
	return nil
}

// send hands the batch over to be indexed.
func (w *Writer) send() error {
	if len(w.batch) == 0 || w.err != nil {
		return w.err
	}
	select {
	case w.full <- w.batch:
	case w.err = <-w.failed:
		return w.err
	}
	w.batch, w.messages, w.bytes = nil, 0, 0
	clear(w.inBatch)
	return nil
}

// index writes batches until there are no more, or one fails.
func (w *Writer) index() {
	defer close(w.idle)
	for batch := range w.full {
		if err := w.write(batch); err != nil {
			w.failed <- err
			return
		}
	}
}

// drain waits until everything that was kept is on disk.
func (w *Writer) drain() error {
	err := w.send()
	close(w.full)
	<-w.idle
	select {
	case w.err = <-w.failed:
		err = errors.Join(err, w.err)
	default:
	}
	w.full, w.idle = make(chan []*Thread), make(chan struct{})
	go w.index()
	return err
}

// Close writes what is left, removes what is kept no longer, and closes the
// casebook.
func (w *Writer) Close() error {
	err := w.drain()
	if err == nil && len(w.settings.Retain) > 0 {
		_, err = w.Expire()
	}
	close(w.full)
	<-w.idle
	if err == nil && w.countsOff {
		err = w.stores[0].Write(nil, nil, map[string][]byte{countsNote: w.counts.encode()})
	}
	return errors.Join(err, w.closeStores())
}

func (w *Writer) closeStores() error {
	return errors.Join(w.stores[0].Close(), w.stores[1].Close())
}

// newThread arranges messages and gives each what the verdict says of it.
func newThread(messages []message.Message, v *detector.Verdict) *Thread {
	first := &messages[0]
	t := &Thread{Key: first.ThreadKey(), ID: first.ThreadID(), Messages: make([]Message, len(messages))}
	for i := range messages {
		m := messages[i]
		m.Labels, m.Advert = nil, nil
		t.Messages[i] = Message{Message: m}
	}
	t.judged(v)
	return t
}

// judged takes a verdict about the thread's messages in.
func (t *Thread) judged(v *detector.Verdict) {
	t.Verdict, t.Band, t.Queue, t.Score, t.Language = *v, v.Band, v.Queue, v.Score, v.Language
	t.Safety = v.Queue == rule.Safety
	t.Messages = unique(t.Messages)
	arrange(t.Messages)
	tags := map[string][]string{}
	for i := range v.Evidence {
		e := &v.Evidence[i]
		if !slices.Contains(tags[e.Message], e.Rule) {
			tags[e.Message] = append(tags[e.Message], e.Rule)
		}
	}
	for i := range t.Messages {
		m := &t.Messages[i]
		m.sent, m.Tags = m.Sent.String(), tags[m.ID]
		slices.Sort(m.Tags)
	}
}

// unique drops messages that came twice; the first stays.
func unique(all []Message) []Message {
	seen := make(map[string]bool, len(all))
	return slices.DeleteFunc(all, func(m Message) bool {
		twice := seen[m.ID]
		seen[m.ID] = true
		return twice
	})
}

// chunkID names a document: its thread's key and its number.
func chunkID(key message.Key, number int) string {
	return string(binary.BigEndian.AppendUint32(key[:], uint32(number)))
}

// write brings the indexes up to date with a batch of threads.
func (w *Writer) write(batch []*Thread) error {
	stored, err := w.stored(batch)
	if err != nil {
		return err
	}
	defer stored.close()
	var put [2][]textindex.Document
	var remove [2][]string
	for _, t := range batch {
		if err := w.update(t, stored, &put, &remove); err != nil {
			return err
		}
	}
	if len(put[0])+len(put[1])+len(remove[0])+len(remove[1]) == 0 {
		return nil
	}
	if !w.countsOff { // until they are written again, nobody shall trust them
		w.countsOff = true
		if err := w.stores[0].Write(nil, nil, map[string][]byte{countsNote: nil}); err != nil {
			return err
		}
	}
	// A thread that changes its queue is put in its new place before it is
	// taken from the old one: a kill between the two loses nothing.
	for i, documents := range put {
		if len(documents) > 0 {
			if err := w.stores[i].Write(documents, nil, nil); err != nil {
				return err
			}
		}
	}
	for i, ids := range remove {
		if len(ids) > 0 {
			if err := w.stores[i].Write(nil, ids, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// update works out what a thread changes.
func (w *Writer) update(t *Thread, stored *storedThreads, put *[2][]textindex.Document, remove *[2][]string) error {
	here, other := 0, 1
	old, err := stored.thread(t.Key)
	if err != nil {
		return err
	}
	if old == nil && t.Band < w.options.MinBand {
		return nil
	}
	if old != nil {
		w.join(t, old)
	}
	if t.Safety {
		here, other = 1, 0
	}
	for i := range t.Messages {
		w.identify(&t.Messages[i])
	}
	chunks := t.chunks()
	for i := range chunks {
		id, value := chunkID(t.Key, i), chunks[i].encode()
		if string(stored.raw[here][id]) == string(value) {
			continue
		}
		put[here] = append(put[here], w.document(id, value, &chunks[i]))
	}
	for i := len(chunks); stored.raw[here][chunkID(t.Key, i)] != nil; i++ {
		remove[here] = append(remove[here], chunkID(t.Key, i))
	}
	for i := 0; stored.raw[other][chunkID(t.Key, i)] != nil; i++ {
		remove[other] = append(remove[other], chunkID(t.Key, i))
	}
	if old != nil {
		w.counts.add(old, -1)
	}
	w.counts.add(t, 1)
	return nil
}

// join adds to a thread what was kept of it before. What came twice keeps its
// first place, so that a second delivery changes nothing.
func (w *Writer) join(t, old *Thread) {
	t.Kept = old.Kept
	known := make(map[string]*Message, len(old.Messages))
	for i := range old.Messages {
		known[old.Messages[i].ID] = &old.Messages[i]
	}
	for i := range t.Messages {
		m := &t.Messages[i]
		if before := known[m.ID]; before != nil {
			m.Source, m.Position = before.Source, before.Position
			delete(known, m.ID)
		}
	}
	if len(known) == 0 {
		arrange(t.Messages)
		return
	}
	for i := range old.Messages {
		if known[old.Messages[i].ID] != nil {
			t.Messages = append(t.Messages, old.Messages[i])
		}
	}
	v := t.Verdict
	if w.options.Judge != nil {
		v = w.options.Judge(t.Plain())
	}
	t.judged(&v)
}

// identify finds the identifiers of a message.
func (w *Writer) identify(m *Message) {
	m.Identifiers, m.marks = nil, nil
	if !m.Scored() || m.Text == "" {
		return
	}
	text := w.folding.Fold(m.Text)
	w.found = w.finder.Find(text, w.found[:0])
	w.finder.Relations().Each(func(name string, places []source.Span) {
		if len(places) > 0 {
			m.marks = append(m.marks, "<"+name+">")
		}
	})
	for i := range w.found {
		id := &w.found[i]
		if mark := Mark(id.Kind); mark != "" && !slices.Contains(m.marks, mark) {
			m.marks = append(m.marks, mark)
		}
		if !Ties(id.Kind) {
			continue
		}
		span := text.RawSpan(id.Span)
		m.Identifiers = append(m.Identifiers, detector.Identifier{
			Type: id.Type, Value: strings.Clone(id.Value), Message: m.ID, Start: span.Start, End: span.End, Valid: id.Valid,
		})
	}
}

// Ties says whether an identifier ties messages together: an amount or a time
// does not, and a secret is never kept.
func Ties(kind identifier.Kind) bool {
	switch kind {
	case identifier.Money, identifier.Percent, identifier.Duration, identifier.Secret:
		return false
	default:
		return true
	}
}

// Mark is what a message that holds an identifier of a kind is indexed by, for
// the placeholders of patterns; "" for none.
func Mark(kind identifier.Kind) string {
	switch kind {
	case identifier.Email:
		kind = identifier.Handle // patterns take it for one
	case identifier.Account, identifier.Place, identifier.Secret:
		return ""
	}
	return "<" + kind.String() + ">"
}

// document is what is indexed of a chunk. Band P4 and queue none, which most
// threads have, are not.
func (w *Writer) document(id string, stored []byte, c *chunk) textindex.Document {
	d := textindex.Document{ID: id, Stored: stored, Facts: c.facts(), Parts: make([]textindex.Part, len(c.messages))}
	keys := []string{threadKey + c.thread}
	add := func(key string) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if alert(c.band) {
		add(bandKey + c.band.String())
	}
	if c.queue != rule.NoQueue {
		add(queueKey + c.queue.String())
	}
	if c.language != "" {
		add(languageKey + c.language)
	}
	for i := range c.messages {
		m := &c.messages[i]
		if !m.Scored() {
			continue
		}
		d.Parts[i] = textindex.Part{Text: m.Text, Marks: m.marks}
		add(dayKey + m.day())
		add(senderKey + strings.ToLower(m.Sender))
		file, _ := splitLine(m.Source)
		add(sourceKey + file)
		for _, tag := range m.Tags {
			add(tagKey + tag)
		}
		for _, id := range m.Identifiers {
			add(identifierKey + strings.ToLower(id.Value))
		}
	}
	d.Keys = keys
	return d
}

// The keys of a document begin with what they are keys of.
const (
	threadKey     = "h:"
	bandKey       = "b:"
	queueKey      = "q:"
	languageKey   = "l:"
	dayKey        = "d:"
	senderKey     = "s:"
	sourceKey     = "f:"
	tagKey        = "t:"
	identifierKey = "i:"
)
