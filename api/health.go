package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/node"
)

type healthOutput struct {
	Body struct {
		Status string `json:"status" example:"ok"`
	}
}

func (s *server) registerHealth() {
	register(s, operation{id: "health", method: http.MethodGet, path: "/healthz", tag: "Operation",
		summary: "Whether this node answers: it does a small search"}, s.health)
	register(s, operation{id: "ready", method: http.MethodGet, path: "/readyz", tag: "Operation",
		summary: "Whether this node has caught up with its data and may be sent requests"}, s.ready)
	s.page("metrics", "/metrics", s.guardMetrics(promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})))
}

// guardMetrics shows the figures to callers on this machine and to tokens of staff and services: they hold no person, and tell a stranger
// how much there is to do and when. A caller behind a proxy that is not told of is on this machine, as everywhere in the limits.
func (s *server) guardMetrics(metrics http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.limits.callerAt(r).local {
			if err := s.admitSystem(r); err != nil {
				writeProblem(w, r, s.problem(callOf(r.Context()), err))
				return
			}
		}
		metrics.ServeHTTP(w, r)
	}
}

// admitSystem lets a request pass that bears a token of staff or of a service.
func (s *server) admitSystem(r *http.Request) error {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	secret = strings.TrimSpace(secret)
	if !strings.EqualFold(scheme, "Bearer") || secret == "" || len(secret) > longestSecret {
		return fault.New(fault.Unauthenticated, "api.metrics", "Send a token of staff or of a service, or ask from the machine itself.")
	}
	token, err := s.service.Token(r.Context(), secret)
	switch kind := fault.KindOf(err); {
	case err != nil && (kind == fault.NotFound || kind == fault.Unauthenticated):
		return s.refuseToken(r)
	case err != nil:
		return err
	case mustHaveRule("metrics").of(Role(token.Role)) == 0:
		return fault.New(fault.Forbidden, "api.metrics", "The figures of a node are for staff and services.")
	}
	return nil
}

// healthPatience is how long the small search may take before the node counts as stuck.
const healthPatience = 2 * time.Second

func (s *server) health(ctx context.Context, _ *struct{}) (*healthOutput, error) {
	ctx, cancel := context.WithTimeout(ctx, healthPatience)
	defer cancel()
	lahore := geo.Point{Lat: 31.5204, Lon: 74.3587}
	if _, err := s.service.Search(ctx, node.SearchRequest{Near: &lahore, Limit: 1, Language: "en"}); err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Op: "api.health", Err: err}
	}
	out := &healthOutput{}
	out.Body.Status = "ok"
	return out, nil
}

func (s *server) ready(ctx context.Context, _ *struct{}) (*healthOutput, error) {
	if err := s.service.Ready(); err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Op: "api.ready", Err: err}
	}
	if _, err := s.service.Head(ctx); err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Op: "api.ready", Err: err}
	}
	out := &healthOutput{}
	out.Body.Status = "ready"
	return out, nil
}
