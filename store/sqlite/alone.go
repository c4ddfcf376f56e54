package sqlite

import (
	"context"
	"sync"

	"rabta/store"
)

// alone remembers what runs. One process holds a data directory, so its own memory is enough.
type alone struct {
	mu      sync.Mutex
	running map[string]bool
}

// Alone implements store.Store.
func (s *Store) Alone(ctx context.Context, name string, do func(context.Context) error) (bool, error) {
	const op = "sqlite.Alone"
	select {
	case <-s.closing:
		return false, store.Closed()
	default:
	}
	if err := ctx.Err(); err != nil {
		return false, fail(op, err)
	}
	if !s.alone.begin(name) {
		return false, nil
	}
	defer s.alone.end(name)
	return true, do(ctx)
}

func (a *alone) begin(name string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.running[name] {
		return false
	}
	if a.running == nil {
		a.running = map[string]bool{}
	}
	a.running[name] = true
	return true
}

func (a *alone) end(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.running, name)
}
