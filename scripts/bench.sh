#!/usr/bin/env bash
# 基准。先说清要什么、缺什么,缺了的那几项不跑。用法:scripts/bench.sh short|full
# short 数据少,几分钟;full 照各个脚本自己的大小,一刻钟以上。
set -euo pipefail
cd "$(dirname "$0")/.."
BIN=.venv/bin

# 名称|要的东西(程序,或者旁边的文件)|short 的参数
TABLE='annual|../shared/data|--small 1000 --large 20000
annual_check|../shared/data|
decisions||--opinions 1000
foi||--large 5000 --cases 5000
hostile||--short
import_files|../shared|--count 5
list_page||--large 5000
opendata||--rows 200000 --sets 2000 --megabytes 50
policies||--large 5000
search|../shared/data/corpus|--documents 20000
serve|wrk nginx|--sizes 1000
soak|nginx|--count 100'

size=${1:-short}
case "$size" in short|full) ;; *) echo "用法:$0 short|full" >&2; exit 2 ;; esac

has() { [ -e "$1" ] || PATH="$PATH:/usr/sbin" command -v "$1" >/dev/null; }

run=() left=()
while IFS='|' read -r name needs short; do
  missing=""
  for one in $needs; do has "$one" || missing="$missing $one"; done
  if [ -n "$missing" ]; then left+=("$name(缺$missing)"); else run+=("$name $([ "$size" = short ] && echo "$short")"); fi
done <<<"$TABLE"

echo "要跑${#run[@]}项($size):"; printf '  %s\n' "${run[@]}"
[ ${#left[@]} -eq 0 ] || { echo "不跑的:"; printf '  %s\n' "${left[@]}"; echo "wrk、nginx 是 Debian 的软件包(wrk、nginx-light)。"; }
for one in "${run[@]}"; do
  read -r name arguments <<<"$one"
  echo "== $name $arguments"
  # shellcheck disable=SC2086  参数就是要分开
  "$BIN/python" "benchmarks/$name.py" $arguments </dev/null
done
