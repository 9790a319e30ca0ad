#!/usr/bin/env bash
# The second verifier against Concord: vectors, a story, standings, ten thousand mutants.
#
#   run.sh DATA URL [COMMAND…]
#
# DATA is the folder of a sandbox that serves at URL and was founded for this test: acts are filed
# there. COMMAND answers for Concord (default: the program at the top of this tree). With an empty URL
# nothing is filed, and only what needs no server is run. COUNT, ONLINE and SEED may stand in the environment.
# Exit code 0: the two verifiers agree; 1: they do not; each difference is printed with its bytes.
set -euo pipefail
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
[ $# -ge 2 ] || { sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
data=$(cd -P -- "$1" && pwd)
url=$2
shift 2
[ $# -gt 0 ] || set -- "$here/../../../concord"
python=/usr/bin/python3
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir -p "$work/keys"
cd "$here"
export PYTHONDONTWRITEBYTECODE=1

"$python" -m unittest -q
if [ -n "$url" ]; then
  "$python" -m mutation.scenario --data "$data" --keys "$work/keys" --url "$url" >/dev/null
  "$python" -m mutation.standings --data "$data" --url "$url"
  "$python" -m mutation.online --data "$data" --keys "$work/keys" --url "$url" \
    --count "${ONLINE:-2000}" --seed "${SEED:-1}"
fi
"$python" -m mutation --data "$data" --keys "$work/keys" --out "$work/mutants" \
  --count "${COUNT:-10000}" --seed "${SEED:-1}" -- "$@"
