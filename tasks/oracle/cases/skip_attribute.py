"""An attribute is read from the row at once."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Monitor(models.Model):
    slug = models.CharField(max_length=20)


@shared_task
def log_monitor(monitor_id):
    slug = Monitor.objects.get(pk=monitor_id).slug
    logger.info("monitor.seen", extra={"slug": slug})


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return log_monitor.delay(7).get()


SCENARIOS = {
    "there": lambda: Monitor.objects.create(pk=7, slug="export"),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO monitor.not_found monitor_id=7"],
    },
}

REFERENCE = {
    "    slug = Monitor.objects.get(pk=monitor_id).slug\n": """\
    monitor = Monitor.objects.filter(pk=monitor_id).first()
    if monitor is None:
        logger.info("monitor.not_found", extra={"monitor_id": monitor_id})
        return
    slug = monitor.slug
""",
}
