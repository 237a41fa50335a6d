#!/usr/bin/env bash
# Installs the peers that the benchmarks run against, from Debian's packages: a C compiler, NumPy and PyTorch with OpenBLAS under both
# (about 1 GB; without OpenBLAS they multiply by a reference library that is many times slower).
set -euo pipefail
apt-get update -qq
apt-get install -y -qq --no-install-recommends gcc libc6-dev python3-numpy python3-torch libopenblas0-pthread
