#!/bin/sh
# Runs every fuzz target in turn, FUZZTIME each. A crasher is kept in the
# package's testdata, where the next test run meets it again.
set -eu

cd "$(dirname "$0")/.."
grep -rlE '^func Fuzz' --include='*_test.go' cmd internal | xargs -n 1 dirname | sort -u | while read -r package; do
	for target in $(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$package"/*_test.go); do
		echo "$package $target"
		go test "./$package" -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-30s}" </dev/null
	done
done
