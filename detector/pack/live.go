package pack

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Live is a value that is loaded again while it is in use: a compiled rule
// set, mostly. It changes at once or not at all, and stays the last good one
// where loading fails. It is safe for concurrent use.
type Live[T any] struct {
	load    func() (T, error)
	loading sync.Mutex
	current atomic.Pointer[T]
}

// NewLive loads the first value.
func NewLive[T any](load func() (T, error)) (*Live[T], error) {
	l := &Live[T]{load: load}
	return l, l.Reload()
}

// Current is the last good value. A caller that keeps it sees no change.
func (l *Live[T]) Current() T { return *l.current.Load() }

// Reload loads anew. After an error the value is what it was.
func (l *Live[T]) Reload() error {
	l.loading.Lock()
	defer l.loading.Unlock()
	value, err := l.load()
	if err != nil {
		return err
	}
	l.current.Store(&value)
	return nil
}

// Watch reloads whenever mark answers otherwise than before, asked at every
// interval until the context ends, and reports how each reload went. A mark is
// cheap to make and differs where what would be loaded does: see [Mark].
func (l *Live[T]) Watch(ctx context.Context, interval time.Duration, mark func() string, report func(error)) {
	before := mark()
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if now := mark(); now != before {
				before = now
				report(l.Reload())
			}
		}
	}
}
