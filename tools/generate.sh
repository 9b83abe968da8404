#!/bin/sh
# Writes the generated code: templates, the API in Go, the API's types for the islands.
set -eu

cd "$(dirname "$0")/.."
go tool templ generate -path internal/web/views
.bin/oapi-codegen -config internal/web/api/oapi-codegen.yaml internal/web/api/openapi.yaml
node frontend/wire/generate.mjs
