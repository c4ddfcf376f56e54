# Rabta's targets. Each is one line of intent; what a target needs and can install, it installs.
SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

ADDR ?= 127.0.0.1:8080
DATA ?= data
TAGS := nomsgpack

.PHONY: help run build test vet staticcheck race bench golden check-data fuzz need-go need-cc

help: ## the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | sort | column -t -s $$'\t'

run: build ## build, fill an empty data directory with the sample market, and serve it
	bin/rabta serve --data $(DATA) --addr $(ADDR) --demo

build: need-go need-cc ## bin/rabta
	go build -trimpath -tags $(TAGS) -ldflags '-s -w' -o bin/rabta ./cmd/rabta

test: vet staticcheck race ## every check there is

vet: need-go need-cc
	@test -z "$$(gofmt -l .)" || { echo "gofmt would change:"; gofmt -l .; exit 1; }
	go vet -tags $(TAGS) ./...

staticcheck: need-go need-cc
	go tool staticcheck -tags $(TAGS) ./...

race: need-go need-cc
	go test -race -tags $(TAGS) -timeout 30m ./...

bench: need-go need-cc ## benchmarks, with figures for each operation
	go test -tags $(TAGS) -run '^$$' -bench . -benchmem ./...

golden: need-go need-cc ## write the golden rankings anew, to be read as a diff
	go test -tags $(TAGS) ./internal/node -run TestGolden -rewrite

check-data: need-go need-cc ## run the importers and the district cells over the real reference data: make check-data SHARED=DIR
	@test -n "$(SHARED)" || { echo "check-data: say where the data lie: make check-data SHARED=../shared"; exit 2; }
	RABTA_SHARED=$(abspath $(SHARED)) go test -tags $(TAGS),checkdata ./internal/node -run '^TestReal' -count 1 -v

fuzz: need-go need-cc ## a minute of fuzzing for each parser
	@for target in $$(grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
	  for name in $$(grep -hoE '^func Fuzz[A-Za-z]+' $$target/*_test.go | sed 's/func //'); do \
	    go test -tags $(TAGS) $$target -run '^$$' -fuzz "^$$name\$$" -fuzztime 60s; done; done

need-go:
	@command -v go >/dev/null || { echo "make: Go 1.26 or newer is needed and was not found on PATH"; exit 2; }

need-cc:
	@command -v "$${CC:-cc}" >/dev/null || command -v gcc >/dev/null || { echo "make: a C compiler is needed (h3 and SQLite are C): install gcc"; exit 2; }
