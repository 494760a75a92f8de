"""Example 1: the handler re-raises in a getter, a task calls it. The getter returns None, its caller answers."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Detector(models.Model):
    threshold = models.IntegerField(default=0)


def _get_detector_for_event(event_data):
    detector_id = event_data.get("detector_id")
    try:
        return Detector.objects.get(id=detector_id)
    except Detector.DoesNotExist:
        raise


@shared_task
def process_workflow_event(event_data):
    detector = _get_detector_for_event(event_data)
    if event_data["value"] > detector.threshold:
        logger.info("detector.fired", extra={"detector": detector.pk})


# --- scenarios ---
CODE = "DNE201"
FIX = "either"


def call():
    return process_workflow_event.delay({"detector_id": 7, "value": 3}).get()


SCENARIOS = {
    "there": lambda: Detector.objects.create(id=7, threshold=1),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": "any"}}

REFERENCE = {
    "        raise\n": """\
        logger.info("detector.not_found", extra={"detector_id": detector_id})
        return None
""",
    "    detector = _get_detector_for_event(event_data)\n": """\
    detector = _get_detector_for_event(event_data)
    if detector is None:
        return
""",
}
