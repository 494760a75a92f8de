"""The lookup stands in the condition of an `elif`: before the `if` it would run, and miss, too early."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Monitor(models.Model):
    muted = models.BooleanField(default=False)


@shared_task
def check(monitor_id, status):
    if status == "ok":
        logger.info("monitor.ok")
    elif Monitor.objects.get(pk=monitor_id).muted:
        logger.info("monitor.muted")
    else:
        logger.info("monitor.failed")


# --- scenarios ---
CODE = "DNE101"
FIX = "optional"


def call():
    return [check.delay(7, status).get() for status in ("ok", "error")]


SCENARIOS = {
    "there": lambda: Monitor.objects.create(pk=7),
    "there and muted": lambda: Monitor.objects.create(pk=7, muted=True),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return [None, None]",
        "logs": ["INFO monitor.ok", "INFO monitor.not_found monitor_id=7"],
    },
}

REFERENCE = {
    """    elif Monitor.objects.get(pk=monitor_id).muted:
        logger.info("monitor.muted")
    else:
        logger.info("monitor.failed")
""": """\
        return
    monitor = Monitor.objects.filter(pk=monitor_id).first()
    if monitor is None:
        logger.info("monitor.not_found", extra={"monitor_id": monitor_id})
        return
    if monitor.muted:
        logger.info("monitor.muted")
    else:
        logger.info("monitor.failed")
""",
}
