#!/usr/bin/env bash
# 全部检查和测试。用法:scripts/test.sh all|check|unit|postgres|browser
# 数据库测试在 SQLite 和 PostgreSQL 上各跑一遍;法律核心和适配器不碰数据库,只跑一遍。
set -euo pipefail
cd "$(dirname "$0")/.."
BIN=.venv/bin
GONGKAI_DATA=$(mktemp -d)
trap 'rm -rf "$GONGKAI_DATA"; "$BIN"/python scripts/postgres.py stop >/dev/null 2>&1 || true' EXIT
# 样本区装一遍,各阶段共用(tests/first_run.py)
export GONGKAI_FIRST_RUN=$GONGKAI_DATA/first-run
export GONGKAI_DATA GONGKAI_PLAIN_STATIC=1 PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0
pytest=("$BIN/python" -m pytest -q -p no:cacheprovider)
jobs=(-n "${JOBS:-$(nproc)}" --dist worksteal)

check() {
  echo "== 格式、类型、分层、迁移"
  "$BIN/ruff" check -q .
  "$BIN/ruff" format -q --check .
  "$BIN/mypy"
  "$BIN/lint-imports" --no-cache
  "$BIN/gongkai" check --fail-level WARNING
  "$BIN/gongkai" makemigrations --check --dry-run
}
unit() {
  echo "== 测试:SQLite"
  env -u DATABASE_URL "${pytest[@]}" "${jobs[@]}" -m "not browser"
}
postgres() {
  echo "== 测试:PostgreSQL"
  DATABASE_URL=$("$BIN/python" scripts/postgres.py start)
  # 带 once 记号的同数据库无关,在 SQLite 上跑过了;随机走法的步数在这里少一些(tests/conftest.py: examples)
  DATABASE_URL=$DATABASE_URL "${pytest[@]}" "${jobs[@]}" -m "not browser and not once" \
    --ignore=tests/law --ignore=tests/adapters --ignore=tests/architecture/test_shape.py \
    --ignore=tests/architecture/test_docs.py --ignore=tests/architecture/test_one_place.py tests
}
browser() {
  echo "== 测试:浏览器和无障碍"
  env -u DATABASE_URL "${pytest[@]}" "${jobs[@]}" -m browser tests
}

case "${1:-all}" in
  all) "$BIN/python" -m tests.first_run "$GONGKAI_FIRST_RUN" & check; unit; postgres; browser ;;
  check|unit|postgres|browser) "$1" ;;
  *) echo "用法:$0 all|check|unit|postgres|browser" >&2; exit 2 ;;
esac
