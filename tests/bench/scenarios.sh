#!/bin/sh
# The scenarios that come with the program: seconds of processor time and of wall time of `assize run`
# at 8,192 draws beyond those at none, so without start and loading; the middle of so many runs by
# turns, on one thread. Then the growth in outcomes: so many disputes that nobody settles, each of
# which doubles them. Usage: tests/bench/scenarios.sh [RUNS]. ASSIZE names the program.
set -eu
cd "$(dirname "$0")/../.."
program=${ASSIZE:-build/release/assize}
runs=${1:-15}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

seconds() { # processor seconds of a command, in user and system mode
  /usr/bin/env bash -c 'TIMEFORMAT="%U %S %R"; time "$@" >/dev/null 2>&1' x "$@" 2>&1 |
    awk '{ print $1 + $2, $3 }'
}
middle() { sort -g | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

echo "scenario,draws,milliseconds of processor time,milliseconds after load,draws a second"
for scenario in scenarios/toy scenarios/littering scenarios/possession; do
  : >"$scratch/none" && : >"$scratch/some"
  for _ in $(seq "$runs"); do
    seconds "$program" run "$scenario" --draws 0 --threads 1 >>"$scratch/none"
    seconds "$program" run "$scenario" --draws 8192 --threads 1 >>"$scratch/some"
  done
  awk -v s="$scenario" -v none="$(cut -d' ' -f1 "$scratch/none" | middle)" \
    -v some="$(cut -d' ' -f1 "$scratch/some" | middle)" 'BEGIN {
      after = some - none
      printf "%s,8192,%.0f,%.0f,%s\n", s, 1e3 * some, 1e3 * after, (after > 0 ? int(8192 / after) : "-") }'
done

echo "open disputes,outcomes,milliseconds of processor time"
for disputes in 0 2 4 6 8; do
  cp scenarios/toy/scenario.yaml "$scratch/scenario.yaml"
  [ "$disputes" -eq 0 ] || echo "arguments:" >>"$scratch/scenario.yaml"
  for i in $(seq "$disputes"); do
    echo "  yes$i: {claim: 'Yes.', attacks: [no$i]}"
    echo "  no$i: {claim: 'No.', attacks: [yes$i]}"
  done >>"$scratch/scenario.yaml"
  for _ in $(seq "$runs"); do
    seconds "$program" run "$scratch/scenario.yaml" --draws 0 --threads 1
  done | cut -d' ' -f1 | middle |
    awk -v d="$disputes" '{ printf "%d,%d,%.0f\n", d, 2 ^ d, 1e3 * $1 }'
done
