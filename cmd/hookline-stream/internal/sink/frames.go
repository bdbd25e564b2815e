package sink

import (
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// frames is what the database is known to know of the threads seen last,
// matches left out. States only grow, so what another process added since does
// not make it wrong. It holds two generations of at most generation threads.
type frames struct {
	now, past map[message.Key]detector.Matches
}

const generation = 1 << 15

// absorb says whether a message in which nothing was found tells the database
// nothing new.
func (f *frames) absorb(thread message.Key, m *detector.Matches) bool {
	known, ok := f.now[thread]
	if !ok {
		if known, ok = f.past[thread]; !ok {
			return false
		}
		f.put(thread, known)
	}
	return known.Absorbs(m)
}

func (f *frames) put(thread message.Key, known detector.Matches) {
	if f.now == nil || len(f.now) >= generation {
		f.now, f.past = map[message.Key]detector.Matches{}, f.now
	}
	f.now[thread] = known
}
