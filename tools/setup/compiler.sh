#!/bin/sh
# The race detector needs a C compiler; nothing else does.
set -eu

compiler=$(go env CC)
if command -v "${compiler%% *}" >/dev/null 2>&1; then
	exit 0
fi
if [ "$(uname)" = Darwin ]; then
	echo "The race detector needs a C compiler: xcode-select --install" >&2
	exit 1
fi
echo "The race detector needs a C compiler"
exec "$(dirname "$0")/apt.sh" gcc libc6-dev
