#!/usr/bin/env bash
# 系统里要有的东西。是 root 就用 apt-get 装,不是就说清楚缺什么。
#   system.sh venv   建环境要用的 python3-venv
#   system.sh test   测试要用的 Chromium、中文字体、PostgreSQL、LibreOffice、nginx
set -euo pipefail

need=()
want() { # want 程序或文件 软件包
  command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || need+=("$2")
}

case "${1:-}" in
  venv) python3 -c 'import venv, ensurepip' 2>/dev/null || need+=(python3-venv) ;;
  test)
    want chromium chromium
    want /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || want initdb postgresql
    want soffice libreoffice-writer-nogui
    want /usr/sbin/nginx nginx-light
    ;;
  *) echo "用法:$0 venv|test" >&2; exit 2 ;;
esac

[ ${#need[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "缺少系统软件包:${need[*]}。请由管理员执行:apt-get install ${need[*]}" >&2
  [ "$1" = venv ] && exit 1
  exit 0
fi
echo "安装系统软件包:${need[*]}"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
