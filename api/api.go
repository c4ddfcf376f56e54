// Package api is Rabta over HTTP: operations described by an OpenAPI 3.1 document made from the code, who may call each of
// them (policy.go), and failures as RFC 9457 problem documents (problems.go). It holds no rule of matching and no record: it
// reads requests, asks the Service (internal/node behind an interface), and writes answers. Gin routes and huma describes; no
// other package knows either. cmd/rabta serves the handler and sets the timeouts of the connection.
//
// A request passes, from the outside in: an id and the log line, recovery from panics, the length of its line and headers, the route,
// its deadline, the caller's token, the limits of its rate, the policy, the position it waits for, its Idempotency-Key, the check of its
// input against the schema, a place among those that are worked on, the operation.
package api

import (
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"rabta/internal/fault"
	"rabta/internal/node"
)

// Config is what the API needs. Service is required; Log is silent and Now is the clock of the machine when left out.
type Config struct {
	Service Service
	Log     *slog.Logger
	Version string // of the program, shown in the document
	Now     func() time.Time
	Limits  Limits // none when left out
}

// server holds what the operations share.
type server struct {
	service Service
	log     *slog.Logger
	now     func() time.Time
	metrics *metrics
	engine  *gin.Engine
	api     huma.API
	limits  *limits

	names map[string]string // operation id by method and route, for logs and metrics of requests that end early
}

// New builds the handler. It panics when an operation has no row in the policy: a fault of the program, not of its input.
func New(config Config) http.Handler { return newServer(config).handler() }

// handler is everything that a request passes.
func (s *server) handler() http.Handler {
	return headAsGet(s.observe(s.recover(refuseLongHead(s.engine))))
}

func newServer(config Config) *server {
	prepareLibraries()
	s := &server{service: config.Service, log: config.Log, now: config.Now, metrics: newMetrics(), limits: newLimits(config.Limits), names: map[string]string{}}
	s.metrics.watchIndex(config.Service)
	if s.log == nil {
		s.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.engine = newEngine()
	s.engine.NoRoute(func(c *gin.Context) { writeProblem(c.Writer, c.Request, noRoute(c.Request)) })
	s.engine.NoMethod(func(c *gin.Context) {
		allowHead(c.Writer.Header())
		writeProblem(c.Writer, c.Request, noMethod(c.Request))
	})
	s.api = humagin.New(s.engine, description(config.Version))
	s.api.UseMiddleware(s.limitTime, s.identify, s.limitRate, s.refuseEncoded, s.authorize, s.checkQuery, s.waitForPosition, s.timeToAnswer, s.lookAtFile, s.noteKey, s.queueLarge)

	s.registerTrades()
	s.registerPlaces()
	s.registerPostings()
	s.registerPostingChanges()
	s.registerEmployers()
	s.registerInstitutes()
	s.registerGraduates()
	s.registerGraduateChanges()
	s.registerPeople()
	s.registerMatches()
	s.registerApplications()
	s.registerApplicationChanges()
	s.registerAudit()
	s.registerFeed()
	s.registerImports()
	s.registerDuplicates()
	s.registerExports()
	s.registerGaps()
	s.registerDistrictReport()
	s.registerHealth()
	s.registerPages()
	return s
}

func newEngine() *gin.Engine {
	engine := gin.New()
	_ = engine.SetTrustedProxies(nil) // no proxy is believed; an empty list cannot fail to parse
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.RedirectFixedPath = false
	return engine
}

// description is the head of the OpenAPI document, with every default of huma that we do not want turned off: its own pages,
// which load scripts from elsewhere, and the $schema link, which is built from the request's Host header.
func description(version string) huma.Config {
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	registry.RegisterTypeAlias(reflect.TypeFor[node.Terms](), reflect.TypeFor[map[string]float64]())
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:   "Rabta",
				Version: version,
				Description: "Joins people who have learnt a trade to the work near them. Distances are great-circle metres, " +
					"money is whole PKR, times are UTC (RFC 3339). Errors are problem documents (RFC 9457) that say what to send instead.",
			},
			Components: &huma.Components{
				Schemas: registry,
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"token": {Type: "http", Scheme: "bearer", Description: "A token made with `rabta token`; it names a role and whom it speaks for."},
				},
			},
		},
		// Huma looks a problem document's type up by what follows its plus sign.
		Formats:                      map[string]huma.Format{"application/json": jsonFormat(), "json": jsonFormat()},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
	}
}

// prepared guards the settings that huma and Gin keep for the whole process: they are made once, before the first API.
var prepared sync.Once

func prepareLibraries() {
	prepared.Do(func() {
		gin.SetMode(gin.ReleaseMode)
		huma.NewError = func(status int, message string, details ...error) huma.StatusError {
			return describeRefusal(status, details)
		}
		huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, details ...error) huma.StatusError {
			p := describeRefusal(status, sayWhatToSend(ctx.Operation(), details))
			if p.kind == fault.TooLarge {
				p.Detail = tooLarge(ctx.Operation().MaxBodyBytes)
			}
			p = p.answering(callOf(ctx.Context()))
			for name, values := range p.headers {
				ctx.SetHeader(name, values[0])
			}
			return p
		}
		huma.ValidateStrictCasing = true
		speakPlainly()
	})
}
