"""From an event to the detector that watches it."""

import logging
from typing import Any

from workflow.models import AlertRule, Detector

logger = logging.getLogger(__name__)


def _get_detector_for_event(event_data: dict[str, Any]) -> Detector:
    detector_id = event_data.get("detector_id")
    try:
        return Detector.objects.get(id=detector_id)
    except Detector.DoesNotExist:
        raise


def detect(event_data: dict[str, Any]) -> bool:
    """Whether an event is over the threshold of its detector."""
    detector = _get_detector_for_event(event_data)
    return detector.enabled and event_data.get("value", 0) >= detector.threshold


def delete_detector(detector_id: int) -> None:
    Detector.objects.filter(id=detector_id).delete()
    AlertRule.objects.filter(detector_id=detector_id).update(detector_id=None)
