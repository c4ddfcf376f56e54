package api

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// rates count how often each of many callers asks. They know a bounded number of callers: a flood of new ones makes it forget those
// that were not heard of for longest, who begin anew. nil is no limit.
type rates[K comparable] struct {
	class string
	limit Rate
	known *lru.Cache[K, *rate.Limiter]
}

func newRates[K comparable](class string, limit Rate, tracked int) *rates[K] {
	if limit.Burst < 1 || limit.PerSecond <= 0 {
		return nil
	}
	known, err := lru.New[K, *rate.Limiter](tracked)
	if err != nil {
		panic("api: " + err.Error()) // a size below 1 alone
	}
	return &rates[K]{class: class, limit: limit, known: known}
}

func (r *rates[K]) of(who K) *rate.Limiter {
	if limiter, ok := r.known.Get(who); ok {
		return limiter
	}
	limiter := rate.NewLimiter(rate.Limit(r.limit.PerSecond), r.limit.Burst)
	if before, ok, _ := r.known.PeekOrAdd(who, limiter); ok {
		return before
	}
	return limiter
}

// take counts one request now, and gives how long to wait when it is too many: then it does not count.
func (r *rates[K]) take(who K, now time.Time) time.Duration {
	if r == nil {
		return 0
	}
	limiter := r.of(who)
	if limiter.AllowN(now, 1) {
		return 0
	}
	return r.until(limiter, now)
}

// until gives the time until one more counts, a moment at the least.
func (r *rates[K]) until(limiter *rate.Limiter, now time.Time) time.Duration {
	missing := 1 - limiter.TokensAt(now)
	return max(time.Duration(missing/r.limit.PerSecond*float64(time.Second)), time.Millisecond)
}
