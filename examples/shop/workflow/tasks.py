import logging
from typing import Any

from celery import shared_task

from workflow.actions import notify_installation
from workflow.detectors import detect
from workflow.models import AlertRule, Detector

logger = logging.getLogger(__name__)


@shared_task
def process_workflow_event(event_data: dict[str, Any]) -> bool:
    fired = detect(event_data)
    if fired:
        logger.info("detector.fired", extra={"detector_id": event_data["detector_id"]})
    return fired


@shared_task
def evaluate_event(event_data: dict[str, Any]) -> int:
    """Notifies every rule of the event's detector; returns how many there were."""
    detector = Detector.objects.get(id=event_data["detector_id"])
    if not detector.enabled or event_data["value"] < detector.threshold:
        return 0
    rules = AlertRule.objects.filter(detector_id=detector.pk).order_by("pk")
    for rule in rules:
        notify_installation(rule, f"{detector.name}: {event_data['value']}")
    return len(rules)


@shared_task
def summarize_events(events: list[dict[str, Any]]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for event in events:
        detector = Detector.objects.get(id=event["detector_id"])
        totals[detector.name] = totals.get(detector.name, 0) + event["value"]
    return totals


@shared_task
def rename_rule(rule_id: int, name: str) -> None:
    try:
        rule = AlertRule.objects.get(id=rule_id)
    except Detector.DoesNotExist:
        logger.info("rule.not_found", extra={"rule_id": rule_id})
        return
    rule.name = name
    rule.save(update_fields=["name"])
