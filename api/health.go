package api

import (
	"context"
	"net/http"
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
	s.page("metrics", "/metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}).ServeHTTP)
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
