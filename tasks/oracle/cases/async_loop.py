"""One awaited lookup for every item of a batch."""

import logging

from django.db import models

logger = logging.getLogger(__name__)


class Room(models.Model):
    topic = models.CharField(max_length=20)


async def announce(room_ids):
    for room_id in room_ids:
        room = await Room.objects.aget(pk=room_id)
        logger.info("room.announced", extra={"topic": room.topic})


# --- scenarios ---
CODE = "DNE301"
FIX = "either"
QUERIES = "fewer"


async def call():
    return await announce([7, 8])


def both():
    Room.objects.create(pk=7, topic="tea")
    Room.objects.create(pk=8, topic="cake")


SCENARIOS = {
    "there": both,
    "missing": lambda: Room.objects.create(pk=8, topic="cake"),
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO room.not_found room_id=7", "INFO room.announced topic='cake'"],
        "queries": 2,
    },
}

REFERENCE = {
    "        room = await Room.objects.aget(pk=room_id)\n": """\
        room = await Room.objects.filter(pk=room_id).afirst()
        if room is None:
            logger.info("room.not_found", extra={"room_id": room_id})
            continue
""",
}
