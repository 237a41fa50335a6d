#!/usr/bin/env bash
# Installs the peers that the benchmarks run against, from Debian's packages: a C compiler, NumPy and PyTorch (about 1 GB).
set -euo pipefail
apt-get update -qq
apt-get install -y -qq --no-install-recommends gcc libc6-dev python3-numpy python3-torch
