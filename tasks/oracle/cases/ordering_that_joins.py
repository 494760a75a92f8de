"""The model is ordered by a column of a parent that can be gone: `first()` joins, and loses the row."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Team(models.Model):
    name = models.CharField(max_length=20)


class Player(models.Model):
    team = models.ForeignKey(Team, on_delete=models.DO_NOTHING, db_constraint=False)
    score = models.IntegerField(default=0)

    class Meta:
        ordering = ["team__name"]


@shared_task
def add_point(player_id):
    player = Player.objects.get(pk=player_id)
    player.score += 1
    player.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return add_point.delay(7).get()


SCENARIOS = {
    "there": lambda: Player.objects.create(pk=7, team=Team.objects.create(name="red")),
    "there without its team": lambda: Player.objects.create(pk=7, team_id=99),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO player.not_found player_id=7"]}}

REFERENCE = {
    "    player = Player.objects.get(pk=player_id)\n": """\
    try:
        player = Player.objects.get(pk=player_id)
    except Player.DoesNotExist:
        logger.info("player.not_found", extra={"player_id": player_id})
        return
""",
}
