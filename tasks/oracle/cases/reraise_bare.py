"""A handler that only re-raises."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Detector(models.Model):
    runs = models.IntegerField(default=0)


@shared_task
def run_detector(detector_id):
    try:
        detector = Detector.objects.get(id=detector_id)
    except Detector.DoesNotExist:
        raise
    detector.runs += 1
    detector.save()


# --- scenarios ---
CODE = "DNE201"
FIX = "safe"


def call():
    return run_detector.delay(7).get()


SCENARIOS = {
    "there": lambda: Detector.objects.create(id=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO detector.not_found detector_id=7"]}}

REFERENCE = {
    "        raise\n": """\
        logger.info("detector.not_found", extra={"detector_id": detector_id})
        return
""",
}
