#!/bin/sh
# Says what is installed and what is missing, one line each. It installs nothing.
set -u

cd "$(dirname "$0")/../.." || exit 1
line() { printf '  %-10s %s\n' "$1" "$2"; }
tell() {
	name=$1
	shift
	if command -v "$1" >/dev/null 2>&1; then line "$name" "$("$@" 2>&1 | head -n 1)"; else line "$name" "missing"; fi
}

echo "To run it"
tell Go go version
tell Node node --version
tell npm npm --version
if [ -n "${DATABASE_URL:-}" ]; then
	line PostgreSQL "the one that DATABASE_URL names"
else
	line PostgreSQL "$(tools/setup/postgres.sh -v || echo "none found; make installs one into tools/pg")"
fi
echo "To test it"
compiler=$(go env CC 2>/dev/null || echo gcc)
tell "C compiler" "${compiler%% *}" --version
line Chromium "$(tools/setup/chromium.sh -v || echo missing)"
echo "Made so far"
for made in frontend/node_modules frontend/dist/manifest.json bin/server .data; do
	if [ -e "$made" ]; then line yes "$made"; else line "not yet" "$made"; fi
done
