package api

import (
	"net/http"
	"strings"
)

// headAsGet answers HEAD as GET, without the body.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		get := r.Clone(r.Context())
		get.Method = http.MethodGet
		next.ServeHTTP(bodiless{w}, get)
	})
}

// bodiless drops the body of an answer.
type bodiless struct{ http.ResponseWriter }

// Write takes bytes and sends none.
func (bodiless) Write(p []byte) (int, error) { return len(p), nil }

// Unwrap lets deadlines through to the connection.
func (b bodiless) Unwrap() http.ResponseWriter { return b.ResponseWriter }

// allowHead names HEAD wherever an Allow header names GET.
func allowHead(header http.Header) {
	if allow := header.Get("Allow"); strings.Contains(allow, http.MethodGet) && !strings.Contains(allow, http.MethodHead) {
		header.Set("Allow", allow+", "+http.MethodHead)
	}
}
