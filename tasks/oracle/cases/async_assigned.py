"""A coroutine that reads its row by id; the caller awaits it and uses no result."""

import logging

from django.db import models

logger = logging.getLogger(__name__)


class Room(models.Model):
    messages = models.IntegerField(default=0)


async def receive(message):
    await count_message(message["room_id"])


async def count_message(room_id):
    room = await Room.objects.aget(pk=room_id)
    room.messages += 1
    await room.asave()


# --- scenarios ---
CODE = "DNE001"
FIX = "either"


async def call():
    return await receive({"room_id": 7})


SCENARIOS = {
    "there": lambda: Room.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO room.not_found room_id=7"]}}

REFERENCE = {
    "    room = await Room.objects.aget(pk=room_id)\n": """\
    room = await Room.objects.filter(pk=room_id).afirst()
    if room is None:
        logger.info("room.not_found", extra={"room_id": room_id})
        return
""",
}
