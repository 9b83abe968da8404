# Prosumer. `make` alone lists the targets.
#
# Every step says what it does and is skipped when it is done. Written for GNU
# make 3.81 and a plain sh, so that macOS runs it as it is.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

STATICCHECK := v0.8.2
GOFUMPT     := v0.12.0
OAPI        := v2.8.2
GOLANGCI    := v2.15.0
FUZZTIME    ?= 30s

# nodynamic: the WebP encoder is the one in the binary, on every machine. And a
# checkout that git does not trust is no reason not to build.
WITHOUT_VCS := $(shell git rev-parse HEAD >/dev/null 2>&1 || echo -buildvcs=false)
GOFLAGS := $(strip $(filter-out -tags=nodynamic -buildvcs=false,$(GOFLAGS)) -tags=nodynamic $(WITHOUT_VCS))
export GOFLAGS

# Hostile input and real data that some tests read when they are there.
DATA_SAMPLES ?= ../shared/data
VECTORS_DIR  ?= ../shared/vectors
ifneq ($(wildcard $(DATA_SAMPLES)),)
override DATA_SAMPLES := $(abspath $(DATA_SAMPLES))
export DATA_SAMPLES
endif
ifneq ($(wildcard $(VECTORS_DIR)),)
override VECTORS_DIR := $(abspath $(VECTORS_DIR))
export VECTORS_DIR
endif

SERVER_SOURCES   := go.mod go.sum $(wildcard frontend/*.go) \
	$(shell find cmd internal migrations -type f ! -name '*_test.go' ! -path '*/testdata/*' 2>/dev/null)
FRONTEND_SOURCES := frontend/package-lock.json frontend/vite.config.ts frontend/tsconfig.json \
	$(shell find frontend/src frontend/build -type f ! -name '*.test.ts' 2>/dev/null)

.PHONY: help setup run dev test test-go test-frontend e2e check check-generated check-go check-frontend \
	lint generate bench drill screenshots build frontend clean doctor reset-demo demo-madrid test-pg18 fuzz \
	need postgres programs compiler chromium

help: ## Print every target with its sentence.
	@echo "Prosumer: a co-creation idea board. Start with: make run"
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

setup: need frontend/node_modules/.installed frontend/wire/node_modules/.installed programs compiler chromium .bin/.gofumpt-$(GOFUMPT) .bin/.staticcheck-$(STATICCHECK) .bin/.oapi-codegen-$(OAPI) ## Install all that the other targets need.

run: need postgres bin/server ## Serve the board with demo data at http://localhost:3000.
	@echo "Starting the board; Ctrl-C stops it"
	@bin/server serve --demo

dev: need postgres bin/server ## Serve it and rebuild on every change.
	@tools/dev.sh

build: need bin/server ## Build bin/server, frontend included.

frontend: need frontend/dist/manifest.json ## Build the frontend into frontend/dist.

demo-madrid: need postgres bin/server ## Import 40 real proposals of Decide Madrid, and what was said of them, from DATA_SAMPLES.
	@test -f "$(DATA_SAMPLES)/madrid-proposals.csv" || { \
		echo "There is no madrid-proposals.csv in $(DATA_SAMPLES). Say where it is: make demo-madrid DATA_SAMPLES=folder" >&2; exit 1; }
	bin/server import ideas "$(DATA_SAMPLES)/madrid-proposals.csv" --source madrid \
		--map id=id,title=title,story=summary+text,created=date,votes=numSupports,author=userId
	@test -f "$(DATA_SAMPLES)/madrid-comments.csv" || { \
		echo "There is no madrid-comments.csv in $(DATA_SAMPLES). Say where it is: make demo-madrid DATA_SAMPLES=folder" >&2; exit 1; }
	bin/server import comments "$(DATA_SAMPLES)/madrid-comments.csv" --source madrid \
		--map id=id,parent=parentId,idea=proposalId,author=userId,created=date+time,text=text,for=numPositiveVotes,against=numNegativeVotes

reset-demo: ## Remove the data in .data and start afresh with the next `make run`.
	@tools/setup/reset-demo.sh

# Tests

test: test-go test-frontend e2e ## Run every test: Go with the race detector, Vitest, the browser's.

# `make check` vets; and nobody looks at these programs with a debugger, which is
# half of linking them.
UNVETTED := -vet=off -ldflags=-w

test-go: need compiler programs bin/server ## Run the Go tests on a throw-away PostgreSQL.
	@echo "Go tests with the race detector, on a throw-away PostgreSQL"
	CGO_ENABLED=1 bin/server postgres exec -- go test -race $(UNVETTED) ./...
	@echo "Every naughty string in every field, and every page that hides somebody, without the detector, which makes each many times dearer"
	CGO_ENABLED=0 bin/server postgres exec -- go test $(UNVETTED) -run 'Naughty|Redirect|NoStringInAnyField|WhoHides' ./internal/accounts ./internal/ideas ./internal/web ./internal/web/api

test-frontend: need frontend/node_modules/.installed ## Run the tests of the scripts.
	@echo "Tests of the scripts"
	npm test --prefix frontend

e2e: need chromium programs bin/server ## Run the browser tests against the real program.
	@echo "Browser tests against bin/server"
	env -u DATABASE_URL npm run e2e --prefix frontend

test-pg18: need compiler bin/server tools/pg/node_modules/.installed ## Run the Go tests again on npm's PostgreSQL 18.
	CGO_ENABLED=1 PG_VERSION=18 bin/server postgres exec -- go test -race $(UNVETTED) ./...

fuzz: need programs bin/server ## Run each fuzz target for FUZZTIME, 30 seconds unless told.
	FUZZTIME=$(FUZZTIME) bin/server postgres exec -- tools/fuzz.sh

# Checks

check: check-generated check-go check-frontend ## Check generated code, vet, gofumpt, staticcheck, biome and tsc.
	@echo "All checks passed"

check-generated: need .bin/.oapi-codegen-$(OAPI) frontend/wire/node_modules/.installed
	@echo "Generated code: made again and compared"
	@tools/check/drift.sh

check-go: need .bin/.gofumpt-$(GOFUMPT) .bin/.staticcheck-$(STATICCHECK)
	go vet ./...
	@tools/check/format.sh
	.bin/staticcheck ./...

check-frontend: need frontend/node_modules/.installed
	npm run check --prefix frontend

lint: need .bin/.golangci-lint-$(GOLANGCI) ## Run golangci-lint; its first build takes minutes, so `check` does without.
	.bin/golangci-lint run

generate: need .bin/.oapi-codegen-$(OAPI) frontend/wire/node_modules/.installed ## Write the generated code again: templates, API types, wire types.
	@tools/generate.sh

# Measuring and showing

bench: need programs bin/server ## Measure the hot paths beside their limits, half an hour, into bench/report.md.
	@mkdir -p .bin; go build -o .bin/bench ./cmd/bench
	.bin/bench

drill: need programs bin/server ## Break server and PostgreSQL under load and check every vote, into bench/drills.md.
	@mkdir -p .bin; go build -o .bin/drill ./cmd/drill
	.bin/drill

screenshots: need chromium programs bin/server ## Take the pictures in docs/pictures anew.
	env -u DATABASE_URL npm run screenshots --prefix frontend

doctor: ## Say what is installed and what is missing.
	@tools/setup/doctor.sh

clean: ## Remove what builds and tests made; packages, tools and data stay.
	rm -rf bin bench/out frontend/dist/assets frontend/dist/manifest.json frontend/test-results frontend/playwright-report

# Steps

need:
	@tools/setup/need.sh

postgres:
	@test -n "$$DATABASE_URL" || $(MAKE) --no-print-directory programs

programs:
	@tools/setup/postgres.sh || $(MAKE) --no-print-directory tools/pg/node_modules/.installed

compiler:
	@tools/setup/compiler.sh

chromium: frontend/node_modules/.installed
	@tools/setup/chromium.sh

bin/server: $(SERVER_SOURCES) frontend/dist/manifest.json
	@echo "Building bin/server; the first time this takes a few minutes"
	CGO_ENABLED=0 go build -trimpath -o $@ ./cmd/server
	@touch $@

frontend/dist/manifest.json: frontend/node_modules/.installed $(FRONTEND_SOURCES)
	@echo "Building the frontend"
	npm run build --prefix frontend
	@touch $@

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json
	@echo "Installing the frontend's packages"
	npm ci --prefix frontend --ignore-scripts --no-audit --no-fund
	@touch $@

frontend/wire/node_modules/.installed: frontend/wire/package.json frontend/wire/package-lock.json
	@echo "Installing the generator of the API's types"
	npm ci --prefix frontend/wire --ignore-scripts --no-audit --no-fund
	@touch $@

tools/pg/node_modules/.installed: tools/pg/package.json tools/pg/package-lock.json
	@echo "Installing PostgreSQL's programs into tools/pg"
	npm ci --prefix tools/pg --ignore-scripts --no-audit --no-fund
	@touch $@

.bin/.gofumpt-$(GOFUMPT):
	@tools/setup/tool.sh gofumpt $(GOFUMPT) mvdan.cc/gofumpt

.bin/.staticcheck-$(STATICCHECK):
	@tools/setup/tool.sh staticcheck $(STATICCHECK) honnef.co/go/tools/cmd/staticcheck

.bin/.oapi-codegen-$(OAPI):
	@tools/setup/tool.sh oapi-codegen $(OAPI) github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen

.bin/.golangci-lint-$(GOLANGCI):
	@tools/setup/tool.sh golangci-lint $(GOLANGCI) github.com/golangci/golangci-lint/v2/cmd/golangci-lint
