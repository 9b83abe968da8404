#!/bin/sh
# Removes the folder .data: clusters, pictures, mails and keys, of the board and
# of the browser tests.
set -eu

cd "$(dirname "$0")/../.."

# Root's cluster lies elsewhere when PostgreSQL's user cannot enter this folder:
# the name is the one that internal/pg/cluster gives it.
if command -v sha256sum >/dev/null 2>&1; then digest="sha256sum"; else digest="shasum -a 256"; fi
clusters=
for data in "$PWD/.data" "$PWD"/.data/e2e-*; do
	clusters="$clusters $data/pg /var/lib/prosumer-pg-$(printf %s "$data/pg" | $digest | cut -c 1-10)"
done

for cluster in $clusters; do
	pid=$(head -n 1 "$cluster/data/postmaster.pid" 2>/dev/null || true)
	if [ -n "$pid" ] && ps -p "$pid" >/dev/null 2>&1; then
		echo "The board is still running: stop it first. (PostgreSQL is process $pid.)" >&2
		exit 1
	fi
done
for cluster in $clusters; do rm -rf "$cluster"; done
rm -rf .data
echo "The data in .data is gone; \`make run\` starts with a new board."
