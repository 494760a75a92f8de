"""Pattern C, one query for all: the row is saved as it was before the first item."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Player(models.Model):
    games = models.IntegerField(default=0)


@shared_task
def record_games(player_ids):
    for player_id in player_ids:
        player = Player.objects.get(pk=player_id)
        player.games += 1
        player.save()


# --- scenarios ---
CODE = "DNE301"
FIX = "unsafe"
ARGS = "--config fix.loop='batch'"
CONTAINS = "players.get(to_pk(player_id))"
QUERIES = "fewer"


def call():
    return record_games.delay([7, 8, 7]).get()


def both():
    Player.objects.create(pk=7)
    Player.objects.create(pk=8)


SCENARIOS = {"there": both, "missing": lambda: Player.objects.create(pk=7)}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO player.not_found player_id=8"],
        "rows": {"Player": ["(7, 2)"]},
    },
}

REFERENCE = {
    """    for player_id in player_ids:
        player = Player.objects.get(pk=player_id)
""": """\
    to_pk = Player._meta.pk.to_python
    players = Player.objects.in_bulk({to_pk(player_id) for player_id in player_ids})
    for player_id in player_ids:
        player = players.get(to_pk(player_id))
        if player is None:
            logger.info("player.not_found", extra={"player_id": player_id})
            continue
"""
}
