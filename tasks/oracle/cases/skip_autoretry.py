"""The task is retried while its row is missing: a handler would turn that off, so the fix is not safe."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Detector(models.Model):
    runs = models.IntegerField(default=0)


@shared_task(autoretry_for=(Exception,), retry_kwargs={"max_retries": 2, "countdown": 0})
def run_detector(detector_id):
    detector = Detector.objects.get(pk=detector_id)
    detector.runs += 1
    detector.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "unsafe"


def call():
    return run_detector.delay(7).get()


SCENARIOS = {
    "there": lambda: Detector.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO detector.not_found detector_id=7"],
        "queries": 1,
    },
}

REFERENCE = {
    "    detector = Detector.objects.get(pk=detector_id)\n": """\
    detector = Detector.objects.filter(pk=detector_id).first()
    if detector is None:
        logger.info("detector.not_found", extra={"detector_id": detector_id})
        return
""",
}
