"""Pattern C, one query for all: ids are text in a message, and a bad one now fails before the first item."""

import json
import logging

from celery import shared_task
from django.core.exceptions import ValidationError
from django.db import models

logger = logging.getLogger(__name__)


class Group(models.Model):
    name = models.CharField(max_length=20)


@shared_task
def touch(message):
    for event in json.loads(message):
        group = Group.objects.get(pk=event["id"])
        logger.info("group.seen", extra={"group": group.name})


# --- scenarios ---
CODE = "DNE301"
FIX = "unsafe"
ARGS = "--config fix.loop='batch'"
CONTAINS = "to_pk = Group._meta.pk.to_python"
QUERIES = "fewer"

MESSAGES = ['[{"id": "7"}, {"id": 8}]']


def call():
    try:
        return touch.delay(MESSAGES[-1]).get()
    except (KeyError, ValueError, ValidationError) as exc:
        return type(exc).__name__


def both():
    MESSAGES[:] = ['[{"id": "7"}, {"id": 8}]']
    Group.objects.create(pk=7, name="seven")
    Group.objects.create(pk=8, name="eight")


def missing():
    both()
    Group.objects.filter(pk=7).delete()


def no_number():
    both()
    MESSAGES[:] = ['[{"id": "7"}, {"id": "x"}]']


def no_key():
    both()
    MESSAGES[:] = ['[{"id": "7"}, {}]']


SCENARIOS = {"there": both, "missing": missing, "no number": no_number, "no key": no_key}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO group.not_found group_id='7'", "INFO group.seen group='eight'"],
    },
    "no number": {"was": "return 'ValueError'", "outcome": "return 'ValidationError'", "logs": []},
    "no key": {"was": "return 'KeyError'", "logs": []},
}

REFERENCE = {
    """    for event in json.loads(message):
        group = Group.objects.get(pk=event["id"])
""": """\
    events = json.loads(message)
    to_pk = Group._meta.pk.to_python
    groups = Group.objects.in_bulk({to_pk(event["id"]) for event in events})
    for event in events:
        group = groups.get(to_pk(event["id"]))
        if group is None:
            logger.info("group.not_found", extra={"group_id": event["id"]})
            continue
"""
}
