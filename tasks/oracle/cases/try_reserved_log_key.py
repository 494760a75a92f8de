"""The column is called like an attribute of a log record, which `extra` must not overwrite."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Module(models.Model):
    name = models.CharField(max_length=20, unique=True)
    loaded = models.BooleanField(default=False)


@shared_task
def load(name):
    module = Module.objects.get(name=name)
    module.loaded = True
    module.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return load.delay("tea").get()


SCENARIOS = {
    "there": lambda: Module.objects.create(name="tea"),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO module.not_found *"]}}

REFERENCE = {
    "    module = Module.objects.get(name=name)\n": """\
    module = Module.objects.filter(name=name).first()
    if module is None:
        logger.info("module.not_found", extra={"module_name": name})
        return
""",
}
