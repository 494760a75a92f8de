"""A loop over names that are not unique: two rows of one name must still raise.

(A log record has a `name` of its own: `extra={"name": ...}` is a KeyError.)
"""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Team(models.Model):
    name = models.CharField(max_length=20)


@shared_task
def greet(names):
    for name in names:
        team = Team.objects.get(name=name)
        logger.info("team.greeted", extra={"team": team.pk})


# --- scenarios ---
CODE = "DNE301"
FIX = "either"


def call():
    return greet.delay(["red", "blue"]).get()


def both():
    Team.objects.create(pk=1, name="red")
    Team.objects.create(pk=2, name="blue")


def duplicates():
    both()
    Team.objects.create(pk=3, name="blue")


SCENARIOS = {
    "there": both,
    "duplicates": duplicates,
    "missing": lambda: Team.objects.create(pk=2, name="blue"),
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO team.not_found *", "INFO team.greeted team=2"],
        "queries": 2,
    },
}

REFERENCE = {
    "        team = Team.objects.get(name=name)\n": """\
        try:
            team = Team.objects.get(name=name)
        except Team.DoesNotExist:
            logger.info("team.not_found", extra={"team_name": name})
            continue
""",
}
