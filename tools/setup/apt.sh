#!/bin/sh
# Installs packages with apt where that needs no question: as root, or through
# sudo without a password. Elsewhere it says in one line what to install.
set -eu

if [ "$(id -u)" = 0 ]; then
	root="env"
elif sudo -n true >/dev/null 2>&1; then
	root="sudo -n env"
else
	root=
fi
if [ -z "$root" ] || ! command -v apt-get >/dev/null 2>&1; then
	echo "Please install: sudo apt-get install $*" >&2
	exit 1
fi
echo "Installing $* with apt"
$root DEBIAN_FRONTEND=noninteractive apt-get -qq update
$root DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@" >/dev/null
