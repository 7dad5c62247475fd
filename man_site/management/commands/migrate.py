"""`manage.py migrate`: as the owner, and then the application gets its rights."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections, transaction
from psycopg import sql

EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"


class Command(migrate.Command):
    """Migrate as the owner where there is one, and say what the application may do.

    A model may narrow that by `application_may = "SELECT"`: then only the functions of
    its room (the doors, SECURITY DEFINER) write its table.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then grant."""
        if "owner" not in settings.DATABASES:
            self.stderr.write(
                "Only DATABASE_URL is given: the application owns its tables, and the "
                "books are guarded by triggers alone. Give DATABASE_OWNER_URL too."
            )
            super().handle(*args, **options)
            return
        options["database"] = "owner"
        super().handle(*args, **options)
        if not options.get("plan"):
            self.grant(settings.DATABASES["default"]["USER"])

    def grant(self, application: str) -> None:
        """Give the application's role its rights on each table, and open the doors."""
        role = sql.Identifier(application)
        # At once, so that a running site is never without its rights.
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            tables = set(connections["owner"].introspection.table_names(cursor))
            for model in apps.get_models(include_auto_created=True):
                table = model._meta.db_table  # noqa: SLF001 (Django's documented API)
                if table in tables and model._meta.managed:  # noqa: SLF001
                    rights = getattr(model, "application_may", EVERYTHING)
                    names = {"table": sql.Identifier(table), "role": role}
                    cursor.execute(
                        sql.SQL("REVOKE ALL ON {table} FROM {role}").format(**names)
                    )
                    cursor.execute(
                        sql.SQL("GRANT {rights} ON {table} TO {role}").format(
                            rights=sql.SQL(rights), **names
                        )
                    )
            cursor.execute(
                sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(
                    role
                )
            )
            cursor.execute(
                sql.SQL("GRANT SELECT ON django_migrations TO {}").format(role)
            )
            self.open_doors(cursor, role)

    def open_doors(self, cursor: Any, role: sql.Identifier) -> None:
        """Let the application call the functions that run as their owner, and no other."""
        cursor.execute(
            "SELECT n.nspname, p.oid::regprocedure::text FROM pg_proc p"
            " JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE p.prosecdef AND p.proowner = current_user::regrole"
        )
        for schema, door in cursor.fetchall():
            names = {
                "schema": sql.Identifier(schema),
                "door": sql.SQL(door),
                "role": role,
            }
            cursor.execute(
                sql.SQL("GRANT USAGE ON SCHEMA {schema} TO {role}").format(**names)
            )
            cursor.execute(
                sql.SQL("GRANT EXECUTE ON FUNCTION {door} TO {role}").format(**names)
            )
