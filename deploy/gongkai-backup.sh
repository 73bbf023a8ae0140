#!/bin/sh
# 每天一份备份,没有变的附件链到上一份;留三十天。由 gongkai-backup.service 运行。
set -eu
folder=${BACKUP_FOLDER:-/var/backups/gongkai}
gongkai=${GONGKAI:-/opt/gongkai/.venv/bin/gongkai}
umask 077
mkdir -p "$folder"
last=
for one in "$folder"/20*; do
    [ -f "$one/SHA256SUMS" ] && last=$one
done
"$gongkai" backup "$folder/$(date +%Y-%m-%dT%H%M%S)" ${last:+--link "$last"}
# 新的一份成了才删旧的
find "$folder" -mindepth 1 -maxdepth 1 -name '20*' -mtime +"${BACKUP_DAYS:-30}" -exec rm -rf {} +
