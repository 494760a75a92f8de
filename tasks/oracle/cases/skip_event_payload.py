"""A task gets an event whose id may be stale."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Detector(models.Model):
    threshold = models.IntegerField(default=0)


@shared_task
def process_workflow_event(event_data):
    detector = Detector.objects.get(id=event_data["detector_id"])
    logger.info("detector.fired", extra={"over": event_data["value"] > detector.threshold})


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return process_workflow_event.delay({"detector_id": 7, "value": 3}).get()


SCENARIOS = {
    "there": lambda: Detector.objects.create(id=7, threshold=2),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO detector.not_found detector_id=7"],
    },
}

REFERENCE = {
    """    detector = Detector.objects.get(id=event_data["detector_id"])
""": """\
    detector = Detector.objects.filter(id=event_data["detector_id"]).first()
    if detector is None:
        logger.info("detector.not_found", extra={"detector_id": event_data["detector_id"]})
        return
""",
}
