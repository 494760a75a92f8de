"""Pattern C: one lookup for every item; a deleted row must not stop the others."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Group(models.Model):
    name = models.CharField(max_length=20)


@shared_task
def summarize(events):
    for event in events:
        group = Group.objects.get(id=event["group_id"])
        logger.info("group.seen", extra={"group": group.name, "value": event["value"]})


# --- scenarios ---
CODE = "DNE301"
FIX = "either"
QUERIES = "fewer"


def call():
    events = [{"group_id": 7, "value": 1}, {"group_id": 8, "value": 2}, {"group_id": 7, "value": 3}]
    return summarize.delay(events).get()


def both():
    Group.objects.create(id=7, name="seven")
    Group.objects.create(id=8, name="eight")


SCENARIOS = {
    "there": both,
    "missing": lambda: Group.objects.create(id=8, name="eight"),
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": [
            "INFO group.not_found group_id=7",
            "INFO group.seen group='eight' value=2",
            "INFO group.not_found group_id=7",
        ],
        "queries": 3,
    },
}

REFERENCE = {
    """        group = Group.objects.get(id=event["group_id"])
""": """\
        group = Group.objects.filter(id=event["group_id"]).first()
        if group is None:
            logger.info("group.not_found", extra={"group_id": event["group_id"]})
            continue
""",
}
