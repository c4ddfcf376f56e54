# Rabta's targets. Those that build or test need Go 1.26 and a C compiler, and say in one line which of them is missing.
SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

ADDR ?= 127.0.0.1:8080
DATA ?= data
TAGS := nomsgpack

# SQLite ends a commit by fdatasync where it is told that there is one, and else by fsync, which waits for what other files have before it
# too. These flags are Go's own and that word; a plain go build works as well, with slower commits.
ifeq ($(shell uname -s),Linux)
export CGO_CFLAGS := $(or $(filter-out -DHAVE_FDATASYNC,$(CGO_CFLAGS)),-O2 -g) -DHAVE_FDATASYNC
endif

.PHONY: help run build test vet staticcheck race bench bench-growth bench-start compare bench-import golden check-data fuzz crash full damage requests soak need-go need-cc

help: ## the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | sort | column -t -s $$'\t'

run: build ## build, fill an empty data directory with the sample market, and serve it
	bin/rabta serve --data $(DATA) --addr $(ADDR) --demo

build: need-cc ## bin/rabta
	go build -trimpath -tags $(TAGS) -ldflags '-s -w' -o bin/rabta ./cmd/rabta
	@size=$$(wc -c < bin/rabta); echo "bin/rabta: $$((size / 1000000)) MB"; \
	  [ "$$size" -lt 60000000 ] || { echo "make: bin/rabta must stay under 60 MB"; exit 1; }

test: vet staticcheck race ## every check there is

vet: need-cc
	@gofmt="$$(go env GOROOT)/bin/gofmt"; [ -x "$$gofmt" ] || gofmt=gofmt; \
	  unformatted=$$("$$gofmt" -l .); [ -z "$$unformatted" ] || { echo "gofmt would change:"; echo "$$unformatted"; exit 1; }
	go vet -tags $(TAGS) ./...

staticcheck: need-cc
	go tool staticcheck -tags $(TAGS) ./...

race: need-cc
	go test -race -tags $(TAGS) -timeout 30m ./...

bench: need-cc ## benchmarks, with figures for each operation
	go test -tags $(TAGS) -run '^$$' -bench . -benchmem ./...

bench-growth: need-cc ## a board of 10,000 postings, and of ten times as many up to ROWS: make bench-growth ROWS=10000000
	go test -tags $(TAGS) ./matching/board -run '^$$' -bench Growth -largest $(or $(ROWS),10000000) -timeout 60m

bench-start: need-cc ## time from start to ready with RECORDS postings and as many people: make bench-start RECORDS=1000000
	@go run -tags $(TAGS) ./internal/compare -n $(or $(RECORDS),1000000) -starts 5

compare: need-cc ## hold our lists against PostgreSQL with PostGIS and Bleve, of a million records: make compare N=100000
	@go run -tags $(TAGS) ./internal/compare $(if $(N),-n $(N))

requests: need-cc ## requests made from the OpenAPI document, a million of them: make requests ROUNDS=5000
	go test -tags $(TAGS) ./api -run MadeFromTheDocument -rapid.checks $(or $(ROUNDS),5000) -timeout 6h -count 1 -v

crash: build ## kill -9 a server under writers: make crash ROUNDS=200 RECORDS=100000
	@go run -tags $(TAGS) ./internal/crash -binary bin/rabta -rounds $(or $(ROUNDS),20) -records $(or $(RECORDS),2000)

full: build ## fill the disk under a server, and the index's alone, on file systems in memory
	@go run -tags $(TAGS) ./internal/full -binary bin/rabta

damage: need-cc ## 200 random damages to an index, each noticed or without effect
	go test -tags $(TAGS) ./internal/node -run '^TestRandomDamage$$' -count 1 -v -damages 200

bench-import: need-cc ## time an import of ROWS invented graduates beside another writer: make bench-import ROWS=1000000 STORE=postgres
	RABTA_IMPORT_ROWS=$(or $(ROWS),100000) RABTA_IMPORT_STORE=$(or $(STORE),sqlite) \
	  go test -tags $(TAGS),benchimport ./internal/node -run '^TestImportFigures' -count 1 -timeout 60m -v | grep -v '^='

bench-gaps: need-cc ## time figures of PEOPLE invented graduates over HTTP: make bench-gaps PEOPLE=1000000
	RABTA_GAPS_PEOPLE=$(or $(PEOPLE),100000) go test -tags $(TAGS),benchgaps ./internal/node -run '^TestGapFigures' -count 1 -timeout 60m -v | grep -v '^='

# What soak passes on of what is set: ROW KILLS FAILOVERS AWAY ROUNDS RECORDS REQUESTS PURGED IMPORTED MINUTES OLD.
SOAK = $(foreach name,ROW KILLS FAILOVERS AWAY ROUNDS RECORDS REQUESTS PURGED IMPORTED MINUTES OLD,\
  $(if $($(name)),-$(shell echo $(name) | tr A-Z a-z) $($(name))))

soak: build ## the long trials of docs/TRUST.md, hours: make soak, or make soak ROW=mixed MINUTES=30
	@go run -tags $(TAGS) ./internal/soak $(SOAK)

golden: need-cc ## write the golden rankings anew, to be read as a diff
	go test -tags $(TAGS) ./internal/node -run TestGolden -rewrite

check-data: need-cc ## run the importers and the district cells over the real reference data: make check-data SHARED=DIR
	@test -n "$(SHARED)" || { echo "check-data: say where the data lie: make check-data SHARED=../shared"; exit 2; }
	RABTA_SHARED=$(abspath $(SHARED)) go test -tags $(TAGS),checkdata ./internal/node -run '^TestReal' -count 1 -v

fuzz: need-cc ## a minute of fuzzing for each parser
	@for target in $$(grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
	  for name in $$(grep -hoE '^func Fuzz[A-Za-z]+' $$target/*_test.go | sed 's/func //'); do \
	    go test -tags $(TAGS) $$target -run '^$$' -fuzz "^$$name\$$" -fuzztime 60s; done; done

need-go:
	@command -v go >/dev/null || { echo "make: Go 1.26 or newer is needed and was not found on PATH"; exit 2; }
	@version=$$(go env GOVERSION 2>/dev/null || true); printf 'go1.26\n%s\n' "$${version#devel }" | sort -VC || \
	  { echo "make: Go 1.26 or newer is needed, and this is $${version:-older}"; exit 2; }

need-cc: need-go
	@printf '#include <stdlib.h>\nint main(void) { return EXIT_SUCCESS; }\n' | $$(go env CC) -x c - -o /dev/null 2>/dev/null || \
	  { echo "make: a C compiler with its headers is needed (h3 and SQLite are C): install gcc and libc6-dev"; exit 2; }
