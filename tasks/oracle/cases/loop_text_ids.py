"""The ids of a batch are text, as they come out of JSON: `get()` finds the rows, a map keyed by integers does not."""

import json
import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Group(models.Model):
    name = models.CharField(max_length=20)


@shared_task
def touch(message):
    for group_id in json.loads(message):
        group = Group.objects.get(pk=group_id)
        logger.info("group.seen", extra={"group": group.name})


# --- scenarios ---
CODE = "DNE301"
FIX = "either"
QUERIES = "fewer"


def call():
    return touch.delay('["7", "8"]').get()


def both():
    Group.objects.create(pk=7, name="seven")
    Group.objects.create(pk=8, name="eight")


SCENARIOS = {
    "there": both,
    "missing": lambda: Group.objects.create(pk=8, name="eight"),
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO group.not_found group_id='7'", "INFO group.seen group='eight'"],
        "queries": 2,
    },
}

REFERENCE = {
    "        group = Group.objects.get(pk=group_id)\n": """\
        group = Group.objects.filter(pk=group_id).first()
        if group is None:
            logger.info("group.not_found", extra={"group_id": group_id})
            continue
""",
}
