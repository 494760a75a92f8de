"""One query for all is asked for, but the body updates the row by queryset: each item is answered instead."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Player(models.Model):
    score = models.IntegerField(default=0)
    games = models.IntegerField(default=0)


@shared_task
def record_games(player_ids):
    for player_id in player_ids:
        player = Player.objects.get(pk=player_id)
        player.games += 1
        player.save()
        Player.objects.filter(pk=player_id).update(score=models.F("score") + 1)


# --- scenarios ---
CODE = "DNE301"
FIX = "safe"
ARGS = "--config fix.loop='batch'"
CONTAINS = "Player.objects.filter(pk=player_id).first()"


def call():
    return record_games.delay([7, 8, 7]).get()


def both():
    Player.objects.create(pk=7)
    Player.objects.create(pk=8)


SCENARIOS = {
    "there": both,
    "missing": lambda: Player.objects.create(pk=7),
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO player.not_found player_id=8"],
        "rows": {"Player": ["(7, 2, 2)"]},
        "queries": 7,
    },
}

REFERENCE = {
    "        player = Player.objects.get(pk=player_id)\n": """\
        player = Player.objects.filter(pk=player_id).first()
        if player is None:
            logger.info("player.not_found", extra={"player_id": player_id})
            continue
""",
}
