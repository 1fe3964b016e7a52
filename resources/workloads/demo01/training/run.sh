#!/usr/bin/env bash
# Makes the embedded workload from nothing: audio, features, model, test inputs.
# Without --install the result stays in the cache folder and is only compared with the files of the checkout.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
workload="$(dirname "$here")"
root="$(cd "$here/../../../.." && pwd)"
cache="$root/.cache/demo01"
# Not beside this file: the resources folder is packaged as it is.
environment="$cache/venv"
python="$environment/bin/python"
export PYTHONDONTWRITEBYTECODE=1

command -v espeak-ng >/dev/null || { echo "espeak-ng is missing (Debian and Ubuntu: apt-get install espeak-ng)" >&2; exit 1; }
mkdir -p "$cache"
if [ ! -x "$python" ]; then
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --requirement "$here/requirements.txt"
fi

# Every thread of numpy would fight with the parallel speakers.
OMP_NUM_THREADS=1 "$python" "$here/synthesise.py" --cache "$cache"
OMP_NUM_THREADS=1 "$python" "$here/features.py" --cache "$cache"
"$python" "$here/train.py" --cache "$cache" --out "$cache/result"

if [ "${1:-}" = "--install" ]; then
  rm -rf "$workload/dataset"
  cp -r "$cache/result/." "$workload/"
  node "$root/test/support/reference/make-golden.ts"
else
  cmp "$cache/result/model.tflite" "$workload/model.tflite" && echo "same model, byte for byte" || true
  diff -rq "$cache/result/dataset" "$workload/dataset" && echo "same test inputs, byte for byte" || true
fi
