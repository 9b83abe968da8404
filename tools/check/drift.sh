#!/bin/sh
# Fails when generated code is not what its sources give. It compares with the
# files as they were a moment ago, not with the last commit, so that it also
# serves while work is in hand.
set -eu

cd "$(dirname "$0")/../.."
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT

generated() {
	find internal -name '*_templ.go' -o -name '*.gen.go'
	find frontend/src -name '*.gen.ts'
}

generated | sort >"$before/list"
tar -cf "$before/files.tar" -T "$before/list"
mkdir "$before/files"
tar -xpf "$before/files.tar" -C "$before/files"

tools/generate.sh >"$before/log" 2>&1 || {
	cat "$before/log" >&2
	exit 1
}

drifted=
for file in $(generated | sort | cat - "$before/list" | sort -u); do
	if cmp -s "$file" "$before/files/$file"; then
		touch -r "$before/files/$file" "$file" # or make would build everything again
		continue
	fi
	drifted="$drifted $file"
	diff -u "$before/files/$file" "$file" 2>&1 | head -n 40 || true
done
if [ -n "$drifted" ]; then
	echo "Generated code had drifted from its sources and is now written again:$drifted" >&2
	exit 1
fi
