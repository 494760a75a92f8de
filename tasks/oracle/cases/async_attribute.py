"""An attribute of an awaited row, returned."""

import logging

from django.db import models

logger = logging.getLogger(__name__)


class Room(models.Model):
    topic = models.CharField(max_length=20)


async def log_topic(room_id):
    topic = (await Room.objects.aget(pk=room_id)).topic
    logger.info("room.topic", extra={"topic": topic})


# --- scenarios ---
CODE = "DNE001"
FIX = "either"


async def call():
    return await log_topic(7)


SCENARIOS = {
    "there": lambda: Room.objects.create(pk=7, topic="tea"),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO room.not_found room_id=7"]}}

REFERENCE = {
    "    topic = (await Room.objects.aget(pk=room_id)).topic\n": """\
    room = await Room.objects.filter(pk=room_id).afirst()
    if room is None:
        logger.info("room.not_found", extra={"room_id": room_id})
        return
    topic = room.topic
""",
}
