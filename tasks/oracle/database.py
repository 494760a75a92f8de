"""The database of a run: SQLite in memory, or the PostgreSQL server that DATABASE_URL names, in a schema of the run's own."""

import os
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.core.management.color import no_style
from django.db import connection

SCHEMA = f"oracle_{os.getpid()}"


def settings():
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if url.scheme != "postgres":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path[1:],
        "USER": url.username,
        "PASSWORD": url.password or "",
        "HOST": url.hostname or "",
        "PORT": url.port or "",
        "OPTIONS": {"options": f"-c search_path={SCHEMA}"},
    }


@contextmanager
def schema():
    """Runs of several Django versions share a server: each has its tables in a schema that is gone after it."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def empty(models):
    """Empties the tables and starts their ids at 1 again."""
    tables = [model._meta.db_table for model in models]
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{table}"' for table in tables)
            cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
            return
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        for sql in connection.ops.sequence_reset_by_name_sql(
            no_style(), [{"table": table} for table in tables]
        ):
            cursor.execute(sql)
