"""Pattern C, one query for all: ids out of a column are what the column of the other table holds."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Group(models.Model):
    name = models.CharField(max_length=20)


class Event(models.Model):
    group_id = models.BigIntegerField()


@shared_task
def summarize():
    names = []
    events = Event.objects.order_by("pk")
    for event in events:
        group = Group.objects.get(id=event.group_id)
        names.append(group.name)
    return names


# --- scenarios ---
CODE = "DNE301"
FIX = "safe"
ARGS = "--config fix.loop='batch'"
CONTAINS = "groups = Group.objects.in_bulk({event.group_id for event in events})"
QUERIES = "fewer"


def call():
    return summarize.delay().get()


def both():
    Group.objects.create(id=7, name="seven")
    Group.objects.create(id=8, name="eight")
    for group_id in (7, 8, 7):
        Event.objects.create(group_id=group_id)


def missing():
    both()
    Group.objects.filter(id=7).delete()


SCENARIOS = {"there": both, "missing": missing, "none at all": lambda: None}

EXPECT = {
    "missing": {
        "outcome": "return ['eight']",
        "logs": ["INFO group.not_found group_id=7", "INFO group.not_found group_id=7"],
    },
    "none at all": {"was": "return []"},
}

REFERENCE = {
    """    for event in events:
        group = Group.objects.get(id=event.group_id)
""": """\
    groups = Group.objects.in_bulk({event.group_id for event in events})
    for event in events:
        group = groups.get(event.group_id)
        if group is None:
            logger.info("group.not_found", extra={"group_id": event.group_id})
            continue
"""
}
