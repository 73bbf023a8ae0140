"""PostgreSQL 恢复时怎样换:现有的一套表整个改名放到一边,备份装进新的一套,提交的那一刻对换。

在同一个事务里改名,别人提交以前看到的还是原来的,照常读;不必一张张地锁、一张张地删,锁只有原来的一半。
换下来的以后一张一个事务地删。公开模式不归本用户、里面有扩展的,不能改名,就在原处删了再装。
"""

from __future__ import annotations

import logging

from django.db import DatabaseError as Refused
from django.db import connection

from gongkai.org.models import LogHead

logger = logging.getLogger(__name__)
#: 换下来的那一套叫这个名字加编号。
REPLACED = "gongkai_replaced_"
_MAY_RENAME = """
SELECT current_schema() = 'public'
   AND pg_has_role(n.nspowner, 'USAGE')
   AND has_database_privilege(current_database(), 'CREATE')
   AND NOT EXISTS (SELECT 1 FROM pg_extension e WHERE e.extnamespace = n.oid)
FROM pg_namespace n WHERE n.nspname = current_schema()
"""
#: The rights on the schema go over to the new one. Every action writes the head of the log: whoever holds it alone lets
#: nobody act meanwhile, and pages are read all the same.
_ASIDE = """
DO $$ DECLARE old record; given record; BEGIN
  IF to_regclass('public.{head}') IS NOT NULL THEN LOCK TABLE public.{head} IN ACCESS EXCLUSIVE MODE; END IF;
  SELECT nspname, nspacl, nspowner::regrole::text AS owner INTO old FROM pg_namespace WHERE nspname = 'public';
  EXECUTE format('ALTER SCHEMA public RENAME TO %I', '{aside}');
  CREATE SCHEMA public;
  FOR given IN SELECT * FROM aclexplode(old.nspacl) LOOP
    EXECUTE format('GRANT %s ON SCHEMA public TO %s', given.privilege_type,
      CASE WHEN given.grantee = 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END);
  END LOOP;
  EXECUTE format('ALTER SCHEMA public OWNER TO %s', old.owner);
END $$
"""
#: Everything that is there goes, within the same transaction in which the backup comes.
_CLEAR = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', one.tablename);
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = current_schema()
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE 'DROP FUNCTION ' || one.name || ' CASCADE';
  END LOOP;
END $$
"""


def steps() -> tuple[str, str]:
    """The statements that make room for the backup, and those after it is loaded; all in the transaction of the load."""
    with connection.cursor() as cursor:
        cursor.execute(_MAY_RENAME)
        row = cursor.fetchone()
        if not row or not row[0]:
            return _CLEAR, ""
        cursor.execute("SELECT coalesce(max(oid::bigint), 0) FROM pg_namespace")
        aside = f"{REPLACED}{cursor.fetchone()[0]}"
    # 等着写的人不能写进换下来的那一套还得到“办好了”:表没有了,他得到的是错误
    head = LogHead._meta.db_table
    return _ASIDE.format(head=head, aside=aside), f"\nDROP TABLE IF EXISTS {aside}.{head} CASCADE;\n"


def sweep() -> None:
    """Drop what was exchanged, one table a transaction; what cannot be dropped now goes with the next restore."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [REPLACED])
            for (schema,) in cursor.fetchall():
                cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
                for (table,) in cursor.fetchall():
                    cursor.execute(f'DROP TABLE IF EXISTS "{schema}"."{table}" CASCADE')
                cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')
    except Refused:
        logger.exception("换下来的表没有删净，下一次恢复时再删")
