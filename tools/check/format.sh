#!/bin/sh
# Fails when gofumpt would write a Go file differently. It passes over generated files by itself.
set -eu

cd "$(dirname "$0")/../.."
echo "gofumpt -l"
unformatted=$(find cmd internal migrations frontend -path '*/node_modules' -prune -o -name '*.go' ! -name '*_templ.go' ! -name '*.gen.go' -print |
	xargs .bin/gofumpt -l)
if [ -n "$unformatted" ]; then
	echo "Not formatted; run .bin/gofumpt -w on:" >&2
	echo "$unformatted" >&2
	exit 1
fi
