"""The lookup pins a unique column: one row at most, `first()` sees the same one."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Monitor(models.Model):
    guid = models.CharField(max_length=36, unique=True)
    seen = models.BooleanField(default=False)


@shared_task
def mark_seen(guid):
    monitor = Monitor.objects.get(guid=guid)
    monitor.seen = True
    monitor.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"
CONTAINS = ".first()"


def call():
    return mark_seen.delay("a-1").get()


SCENARIOS = {
    "there": lambda: Monitor.objects.create(guid="a-1"),
    "missing": lambda: Monitor.objects.create(guid="a-2"),
}

EXPECT = {
    "missing": {"outcome": "return None", "logs": ["INFO monitor.not_found guid='a-1'"]},
}

REFERENCE = {
    "    monitor = Monitor.objects.get(guid=guid)\n": """\
    monitor = Monitor.objects.filter(guid=guid).first()
    if monitor is None:
        logger.info("monitor.not_found", extra={"guid": guid})
        return
""",
}
