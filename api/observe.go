package api

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"rabta/internal/fault"
	"rabta/internal/node"
)

// metrics counts requests by operation and status: nothing in them names a person, a record or a query.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	limited  *prometheus.CounterVec
	inFlight prometheus.Gauge
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rabta_http_requests_total",
			Help: "Requests answered, by operation and status."}, []string{"operation", "status"}),
		// From half a millisecond to 8 s: the budgets are 1 and 10 ms, the longest wait is 2 s.
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "rabta_http_request_duration_seconds",
			Help: "Time from a request to its last byte, by operation and status.", Buckets: prometheus.ExponentialBuckets(0.0005, 2, 15)},
			[]string{"operation", "status"}),
		limited: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rabta_http_limited_total",
			Help: "Requests refused as too many, by the limit that they met: address, guess, person, system, costly, posting, terms, or busy."}, []string{"limit"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "rabta_http_in_flight", Help: "Requests under way."}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.limited, m.inFlight, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// watchIndex shows how the index of words fares. It is asked when the metrics are.
func (m *metrics) watchIndex(s Service) {
	counter := func(name, help string, value func(node.IndexState) uint64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "rabta_index_" + name, Help: help},
			func() float64 { return float64(value(s.IndexState())) })
	}
	gauge := func(name, help string, value func(node.IndexState) uint64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "rabta_index_" + name, Help: help},
			func() float64 { return float64(value(s.IndexState())) })
	}
	m.registry.MustRegister(
		counter("faults_total", "Times that the index of words failed and was given up.", func(i node.IndexState) uint64 { return i.Faults }),
		counter("rebuilds_total", "Times that it was built anew.", func(i node.IndexState) uint64 { return i.Rebuilds }),
		counter("sifted_total", "Searches by words that were answered from the store instead.", func(i node.IndexState) uint64 { return i.Sifted }),
		counter("unsifted_total", "Searches by words that the store could not answer in time.", func(i node.IndexState) uint64 { return i.Unsifted }),
		gauge("behind_entries", "Entries of the journal that the index has yet to follow.", func(i node.IndexState) uint64 { return i.Behind }),
		gauge("in_use", "1 while searches by words are answered from the index.", func(i node.IndexState) uint64 {
			if i.InUse {
				return 1
			}
			return 0
		}))
}

// unmatched stands for the operation of a request that reached none.
const unmatched = "none"

// safeHeaders are those of every answer until its operation says otherwise, under their canonical names. Their values are shared: Set puts
// another in the place of one, and Add has no room to write into it.
var safeHeaders = [...]struct {
	name  string
	value []string
}{
	{"X-Content-Type-Options", []string{"nosniff"}},
	{"Referrer-Policy", []string{"no-referrer"}},
	{"Content-Security-Policy", []string{"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"}},
	{"Cache-Control", []string{"no-store"}},
}

// observe gives every request its id and its safe headers, and writes one line and two figures about it: operation, status,
// duration, id. The path, the query, headers and bodies may hold a name or a phone and are never written.
func (s *server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		c := &call{id: newRequestID(started), language: languageOf(r), caller: caller{role: Nobody}}
		header := w.Header()
		for _, safe := range safeHeaders {
			header[safe.name] = safe.value
		}
		header["X-Request-Id"] = []string{c.id}
		s.metrics.inFlight.Inc()
		defer s.metrics.inFlight.Dec()
		watched := &watchedWriter{ResponseWriter: w, conn: connOf(r.Context())}
		defer func() { s.record(r.Context(), c, watched.answered(), time.Since(started)) }()
		next.ServeHTTP(watched, r.WithContext(context.WithValue(r.Context(), callKey{}, c)))
	})
}

func (s *server) record(ctx context.Context, c *call, status int, took time.Duration) {
	operation := c.operation
	if operation == "" {
		operation = unmatched
	}
	code := strconv.Itoa(status)
	s.metrics.requests.WithLabelValues(operation, code).Inc()
	s.metrics.seconds.WithLabelValues(operation, code).Observe(took.Seconds())
	s.log.LogAttrs(ctx, slog.LevelInfo, "request", slog.String("operation", operation), slog.Int("status", status),
		slog.Duration("took", took), slog.String("request", c.id))
}

// recover answers a panic as any other failure on our side. One that comes after the answer has begun breaks the connection
// off, so that the client does not take half an answer for a whole.
func (s *server) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			reason := recover()
			if reason == nil {
				return
			}
			if err, ok := reason.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(http.ErrAbortHandler)
			}
			c := callOf(r.Context())
			s.log.Error("panic", "request", c.id, "operation", c.operation, "reason", panicReason(reason), "stack", string(debug.Stack()))
			if watched, ok := w.(*watchedWriter); ok && watched.status != 0 {
				panic(http.ErrAbortHandler)
			}
			w.Header().Del("ETag")
			writeProblem(w, r, newProblem(fault.Internal, "").answering(c))
		}()
		next.ServeHTTP(w, r)
	})
}

// panicReason gives what may be logged of a panic: the text of the runtime's own, which holds no data, and else the type alone.
func panicReason(reason any) string {
	if err, ok := reason.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", reason)
}

func newRequestID(at time.Time) string {
	id, err := ulid.New(ulid.Timestamp(at), rand.Reader)
	if err != nil { // crypto/rand does not fail; a request is answered without an id rather than not at all
		return "unknown"
	}
	return id.String()
}

// watchedWriter remembers the status of an answer.
type watchedWriter struct {
	http.ResponseWriter
	status int
	conn   *heldConn // nil: one that sends nothing as a whole
}

// WriteHeader notes the status and sends it.
func (w *watchedWriter) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write sends bytes, with 200 when no status came before.
func (w *watchedWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	if w.conn != nil && len(p) > gatheredBytes/2 {
		return w.conn.whole(func() (int, error) { return w.ResponseWriter.Write(p) })
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap lets deadlines and flushes through to the connection.
func (w *watchedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *watchedWriter) answered() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
