"""`lienthong wipe`: empty the database. For demos; refused where DEMO is off."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection


class Command(BaseCommand):
    help = "Drops every table. Only where this is a demo."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo (LIENTHONG_DEMO=0): nothing was touched.")
        with connection.cursor() as cursor:
            cursor.execute(
                """
                DO $$ DECLARE r record; BEGIN
                    FOR r IN SELECT c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition LOOP
                        EXECUTE format('DROP %s IF EXISTS public.%I CASCADE',
                            CASE r.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, r.relname);
                    END LOOP;
                    FOR r IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = 'public' AND c.relkind = 'S' LOOP
                        EXECUTE format('DROP SEQUENCE IF EXISTS public.%I CASCADE', r.relname);
                    END LOOP;
                    FOR r IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                        WHERE n.nspname = 'public' AND NOT EXISTS (
                            SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
                        EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', r.name);
                    END LOOP;
                END $$
                """
            )
