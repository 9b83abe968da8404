#!/bin/sh
# Serves the board while you work on it. Vite watches its own sources; when a
# template, Go code or a built file changes, the server is built and started
# again. Ctrl-C stops all of it.
set -eu

cd "$(dirname "$0")/.."
mkdir -p .data
stamp=.data/dev-built
server=

(cd frontend && exec node_modules/.bin/vite build --watch --mode development) &
vite=$!

stop() {
	trap - EXIT INT TERM
	kill "$vite" ${server:+"$server"} 2>/dev/null || true
	wait
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

newer() {
	find cmd internal migrations frontend/dist frontend/*.go -type f -newer "$stamp" "$@" -print 2>/dev/null | head -n 1
}

build() {
	if [ -n "$1" ]; then
		go tool templ generate -path internal/web/views || return 1
		touch "$stamp" # what it wrote is no change of yours
	fi
	CGO_ENABLED=0 go build -o bin/server ./cmd/server
}

while :; do
	if [ ! -e "$stamp" ] || [ -n "$(newer)" ]; then
		templates=$(if [ -e "$stamp" ]; then newer -name '*.templ'; fi)
		touch "$stamp"
		if [ -e frontend/dist/manifest.json ] && build "$templates"; then
			if [ -n "$server" ]; then
				kill "$server" 2>/dev/null || true
				wait "$server" || true
			fi
			bin/server serve --demo &
			server=$!
		fi
	fi
	sleep 1
done
