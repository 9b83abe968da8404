#!/bin/sh
# Builds one development tool into .bin and notes its version: tool.sh NAME VERSION PACKAGE
set -eu

cd "$(dirname "$0")/../.."
echo "Building $1 $2 into .bin"
mkdir -p .bin
rm -f .bin/."$1"-*
GOBIN="$PWD/.bin" CGO_ENABLED=0 go install "$3@$2"
touch ".bin/.$1-$2"
