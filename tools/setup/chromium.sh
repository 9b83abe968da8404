#!/bin/sh
# The browser tests and the screenshots need a Chromium. With -v it says which
# one it found, and installs nothing.
set -eu

for program in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome \
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
	/Applications/Chromium.app/Contents/MacOS/Chromium; do
	if [ -n "$program" ] && [ -x "$program" ]; then
		if [ "${1:-}" = -v ]; then echo "$program"; fi
		exit 0
	fi
done
if [ "${1:-}" = -v ]; then exit 1; fi
if [ "$(uname)" = Darwin ]; then
	echo "The browser tests need Google Chrome or Chromium, or its path in CHROMIUM" >&2
	exit 1
fi
echo "The browser tests need Chromium"
exec "$(dirname "$0")/apt.sh" chromium chromium-sandbox
