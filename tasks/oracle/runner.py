"""Runs the original and the fixed source of every case under the Django of this interpreter.

    python runner.py MANIFEST OUTPUT

The manifest (written by run.mjs) names a folder with one package a case and variant. Each package is an installed app
whose module `case` holds the source; its models get tables in an in-memory SQLite, or on a PostgreSQL server. What every scenario did goes to OUTPUT
as JSON. This file only records: judging is compare.mjs' part.
"""

import importlib
import json
import logging
import sys
import traceback
from inspect import iscoroutinefunction
from pathlib import Path

import database
import django
from asgiref.sync import async_to_sync
from celery import Celery
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext, override_settings

FRAMEWORK_LOGGERS = ("django", "celery", "kombu", "asyncio", "py.warnings")
TRANSACTION_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
PLAIN_RECORD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def configure(packages):
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": database.settings()},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", *packages],
        LOGGING_CONFIG=None,
        SECRET_KEY="oracle",
        USE_TZ=True,
    )
    django.setup()
    celery = Celery("oracle", broker="memory://")
    celery.conf.update(task_always_eager=True)
    celery.set_default()


class Capture(logging.Handler):
    """Log lines of the code under test, as `LEVEL event key=value ...`."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        if record.name.split(".")[0] in FRAMEWORK_LOGGERS:
            return
        extra = sorted((k, v) for k, v in vars(record).items() if k not in PLAIN_RECORD)
        parts = [record.levelname, record.getMessage(), *(f"{k}={v!r}" for k, v in extra)]
        if record.exc_info:
            parts.append("+traceback")
        self.lines.append(" ".join(parts))

    def __enter__(self):
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *exc_info):
        logging.getLogger().removeHandler(self)


def flush(models):
    database.empty(models)
    cache.clear()


def rows_left(models):
    left = {}
    for model in models:
        names = [field.attname for field in model._meta.concrete_fields]
        values = model._base_manager.order_by("pk").values_list(*names)
        left[model._meta.object_name] = [repr(row) for row in values]
    return left


def describe(value):
    if not isinstance(value, HttpResponse):
        return f"return {value!r}"
    if value.status_code >= 400:
        return f"response {value.status_code}"
    return f"response {value.status_code} {value.content.decode()}"


def run(module, models, prepare):
    """One scenario: prepares the rows, calls the code, and tells what could be seen from outside."""
    flush(models)
    prepare()
    call = async_to_sync(module.call) if iscoroutinefunction(module.call) else module.call
    message = ""
    urls = module.__name__ if hasattr(module, "urlpatterns") else None
    with override_settings(ROOT_URLCONF=urls), Capture() as log:
        with CaptureQueriesContext(connection) as queries:
            try:
                outcome = describe(call())
            except Exception as exc:
                outcome, message = f"raise {type(exc).__qualname__}", str(exc)
    return {
        "outcome": outcome,
        "message": message,
        "logs": log.lines,
        "rows": rows_left(models),
        "queries": sum(not query["sql"].startswith(TRANSACTION_CONTROL) for query in queries),
    }


def import_variant(package):
    try:
        return importlib.import_module(f"{package}.case"), None
    except Exception:
        return None, traceback.format_exc(limit=-3)


def neutral(value, package, case):
    """The same text for both variants: no package name in messages and reprs."""
    return json.loads(json.dumps(value).replace(package, case))


def record_case(case, variants):
    """The records of both variants by scenario, and what the case declares."""
    original, error = variants["original"]
    if error:
        return {"error": f"the case itself cannot be imported:\n{error}"}
    declared = {
        "expect": getattr(original, "EXPECT", {}),
        "scenarios": list(original.SCENARIOS),
        "variants": {},
    }
    for variant, (module, error) in variants.items():
        package = case[variant]
        if error:
            declared["variants"][variant] = {"error": error}
            continue
        models = list(apps.get_app_config(package).get_models(include_auto_created=True))
        records = {name: run(module, models, prepare) for name, prepare in module.SCENARIOS.items()}
        declared["variants"][variant] = neutral(records, package, case["name"])
    return declared


def record_all(cases, loaded):
    with connection.schema_editor() as editor:
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.auto_created and model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    results = {}
    for case, variants in zip(cases, loaded, strict=True):
        try:
            results[case["name"]] = record_case(case, variants)
        except Exception:
            results[case["name"]] = {"error": traceback.format_exc(limit=-4)}
    return results


def main(manifest_path, output_path):
    manifest = json.loads(Path(manifest_path).read_text("utf-8"))
    cases = manifest["cases"]
    sys.path[:0] = [manifest["packages"], str(Path(__file__).parent)]
    configure([case[variant] for case in cases for variant in ("original", "fixed")])
    logging.getLogger().setLevel(logging.DEBUG)
    loaded = [{v: import_variant(case[v]) for v in ("original", "fixed")} for case in cases]
    with database.schema():
        results = record_all(cases, loaded)
    Path(output_path).write_text(
        json.dumps({"django": django.__version__, "cases": results}), "utf-8"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
