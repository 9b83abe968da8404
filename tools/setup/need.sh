#!/bin/sh
# Says what is missing before anything fails for want of it.
set -eu

missing=
for program in go node npm; do
	command -v "$program" >/dev/null 2>&1 || missing="$missing $program"
done
if [ -n "$missing" ]; then
	echo "Please install first:$missing (Go 1.26 or newer, Node 20.19 or newer with npm)" >&2
	exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
	echo "Node $(node --version) is too old: please install 20.19 or newer" >&2
	exit 1
fi
