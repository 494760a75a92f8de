"""The project has a helper of its own: it keeps what `get` says of two rows."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Team(models.Model):
    name = models.CharField(max_length=20)


def maybe(model, **kwargs):
    try:
        return model.objects.get(**kwargs)
    except model.DoesNotExist:
        return None


@shared_task
def greet(name):
    team = Team.objects.get(name=name)
    return team.pk


# --- scenarios ---
CODE = "DNE101"
FIX = "either"
CONTAINS = "team = maybe(Team, name=name)"


def call():
    return greet.delay("red").get()


def doubled():
    Team.objects.create(pk=7, name="red")
    Team.objects.create(pk=8, name="red")


SCENARIOS = {
    "there": lambda: Team.objects.create(pk=7, name="red"),
    "missing": lambda: None,
    "doubled": doubled,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO team.not_found *"]}}

REFERENCE = {
    "    team = Team.objects.get(name=name)\n": """\
    team = maybe(Team, name=name)
    if team is None:
        logger.info("team.not_found", extra={"team_name": name})
        return None
""",
}
