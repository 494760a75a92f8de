"""Runs generated cases as they were, with the safe fixes, and with all fixes.

    python runner.py MANIFEST OUTPUT

Each variant is one installed app with a module a case. What each scenario of a case did goes to OUTPUT as JSON; judging is
generated.mjs' part. DATABASE_URL names a PostgreSQL server instead of SQLite in memory.
"""

import importlib
import json
import logging
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import database
import django
from celery import Celery
from django.apps import apps
from django.conf import settings
from django.db import connection

def configure(variants):
    settings.configure(
        DATABASES={"default": database.settings()},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["django.contrib.contenttypes", *variants],
        LOGGING_CONFIG=None,
        SECRET_KEY="oracle",
        USE_TZ=True,
    )
    django.setup()
    celery = Celery("oracle", broker="memory://")
    celery.conf.update(task_always_eager=True)
    celery.set_default()


class Capture(logging.Handler):
    def __init__(self, variants):
        super().__init__(logging.INFO)
        self.variants = variants
        self.lines = []

    def emit(self, record):
        if record.name.split(".")[0] in self.variants:
            self.lines.append(f"{record.levelname} {record.getMessage()}")


class Tables:
    """The tables of one variant."""

    def __init__(self, variant):
        config = apps.get_app_config(variant)
        names = ("Row", "Note", "Link", "Badge", "Owner")
        self.models = tuple(map(config.get_model, names))
        self.row, self.note, self.link, self.badge, self.owner = self.models

    def reset(self, scenario):
        database.empty(self.models)
        self.owner.objects.create(pk=1, name="owner")
        self.link.objects.create(pk=1, row_id=7)
        if scenario != "missing":
            self.badge.objects.create(owner_id=1, text="badge")
        for pk in (3,) if scenario == "missing" else (3, 7):
            self.add(pk, pk, f"n{pk}")
        if scenario == "doubled":
            self.add(8, 8, "n7")

    def add(self, pk, place, name):
        self.row.objects.create(pk=pk, owner_id=1, name=name, slug=str(pk), shelf=1, place=place)

    def left(self):
        return [list(model.objects.order_by("pk").values_list("pk")) for model in self.models[:1]] + [
            list(self.note.objects.order_by("pk").values_list("text"))
        ]


def run(module, tables, scenario, log):
    tables.reset(scenario)
    log.lines = []
    message = ""
    try:
        outcome = f"return {module.call([7])!r}"
    except Exception as exc:
        outcome, message = f"raise {type(exc).__qualname__}", str(exc)
    return {"outcome": outcome, "message": message, "logs": log.lines, "rows": tables.left()}


def record(name, variant, scenarios, tables, log):
    try:
        module = importlib.import_module(f"{variant}.{name}")
        return {scenario: run(module, tables, scenario, log) for scenario in scenarios}
    except Exception:
        return {"error": traceback.format_exc(limit=-2)}


def record_all(cases, variants, log):
    tables = {variant: Tables(variant) for variant in variants}
    with connection.schema_editor() as editor:
        for one in tables.values():
            for model in reversed(one.models):
                editor.create_model(model)
    return {
        case["name"]: {
            variant: record(case["name"], variant, case["scenarios"], tables[variant], log)
            for variant in case["variants"]
        }
        for case in cases
    }


def main(manifest_path, output_path):
    manifest = json.loads(Path(manifest_path).read_text("utf-8"))
    sys.path.insert(0, manifest["packages"])
    variants = manifest["apps"]
    configure(variants)
    log = Capture(variants)
    logging.getLogger().addHandler(log)
    logging.getLogger().setLevel(logging.INFO)
    with database.schema():
        results = record_all(manifest["cases"], variants, log)
    Path(output_path).write_text(json.dumps({"django": django.__version__, "cases": results}), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
