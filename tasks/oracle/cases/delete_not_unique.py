"""Two rows of one name: `get()` refuses, `filter().delete()` would delete both."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Label(models.Model):
    name = models.CharField(max_length=20)


@shared_task
def remove(name):
    Label.objects.get(name=name).delete()


# --- scenarios ---
CODE = "DNE403"
FIX = "either"
QUERIES = "fewer"


def call():
    return remove.delay("red").get()


SCENARIOS = {
    "there": lambda: Label.objects.create(name="red"),
    "duplicates": lambda: [Label.objects.create(name="red") for _ in range(2)],
    "missing": lambda: Label.objects.create(name="blue"),
}

EXPECT = {"missing": {"outcome": "return None", "logs": "any"}}

REFERENCE = {
    "    Label.objects.get(name=name).delete()\n": """\
    try:
        label = Label.objects.get(name=name)
    except Label.DoesNotExist:
        logger.info("label.not_found", extra={"label_name": name})
        return
    label.delete()
""",
}
