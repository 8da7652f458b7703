#!/bin/sh
# A million records of USSG 2G2.2 beside a plain Python calculator over the same rows: seconds of
# each, their ratio, and whether every row agrees. Needs python3.
#
#     tests/bench/records.sh [ROWS]
set -eu
cd "$(dirname "$0")/../.."
assize=${ASSIZE:-build/release/assize}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
now() { date +%s.%N; }
plain() { python3 tests/bench/records_plain.py "$@"; }

plain make "${1:-1000000}" "$folder/records.csv"
begin=$(now)
"$assize" sentence us-guidelines guideline=2G2.2 not_given=none \
  --records "$folder/records.csv" -o "$folder/ours.csv"
middle=$(now)
plain sentence "$folder/records.csv" "$folder/plain.csv"
end=$(now)
plain compare "$folder/ours.csv" "$folder/plain.csv"
echo "$begin $middle $end" | awk '{
  printf "assize %.2f s, plain Python %.2f s, ratio %.1f\n", $2 - $1, $3 - $2, ($3 - $2) / ($2 - $1) }'
