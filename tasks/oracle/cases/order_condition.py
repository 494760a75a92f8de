"""The lookup is one side of a conditional expression: it must not run when the other side is taken."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Team(models.Model):
    name = models.CharField(max_length=20)


@shared_task
def greet(team_id):
    team = Team.objects.get(pk=team_id) if team_id > 0 else None
    logger.info("team.greeted", extra={"team": team.name if team else "everybody"})


# --- scenarios ---
CODE = "DNE101"
FIX = "optional"


def call():
    return [greet.delay(0).get(), greet.delay(7).get()]


SCENARIOS = {
    "there": lambda: Team.objects.create(pk=7, name="red"),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return [None, None]",
        "logs": ["INFO team.greeted team='everybody'", "INFO team.not_found team_id=7"],
    },
}

REFERENCE = {
    "    team = Team.objects.get(pk=team_id) if team_id > 0 else None\n": """\
    try:
        team = Team.objects.get(pk=team_id) if team_id > 0 else None
    except Team.DoesNotExist:
        logger.info("team.not_found", extra={"team_id": team_id})
        return
""",
}
