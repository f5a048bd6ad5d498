#!/usr/bin/env bash
# Pin every library again, with hashes for every system. Needs uv. Run by hand, then run the tests.
set -eu
cd "$(dirname "$0")"
pin() {
  local made=$1
  shift
  uv pip compile --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-emit-index-url \
    --no-emit-find-links --no-header --no-annotate --quiet "$@" --output-file "$made"
}
pin requirements.lock requirements.in
pin requirements-dev.lock requirements-dev.in
pin requirements-build.lock requirements-build.in
pin requirements-old-glibc.lock requirements.in --constraint old-glibc.in
pin requirements-dev-old-glibc.lock requirements-dev.in --constraint old-glibc.in
pin requirements-build-old-glibc.lock requirements-build.in --constraint old-glibc.in
