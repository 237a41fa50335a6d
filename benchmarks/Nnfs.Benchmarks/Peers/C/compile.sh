#!/usr/bin/env bash
# Compiles the C program for one shape into a shared library: compile.sh LIBRARY -DINPUTS=… -DHIDDEN1=… …
set -euo pipefail
library=$1
shift
object=$(mktemp --suffix=.o)
trap 'rm -f "$object"' EXIT

gcc -std=c99 -O3 -march=native -ffast-math -fPIC "$@" -c "$(dirname "$0")/network.c" -o "$object"

# Linked without -ffast-math, which would make loading the library turn off denormal numbers for the whole thread.
gcc -shared "$object" -lm -o "$library"
