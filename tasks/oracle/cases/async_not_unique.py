"""An awaited lookup by a column that is not unique."""

import logging

from django.db import models

logger = logging.getLogger(__name__)


class Room(models.Model):
    topic = models.CharField(max_length=20)
    open = models.BooleanField(default=True)


async def close(topic):
    room = await Room.objects.aget(topic=topic)
    room.open = False
    await room.asave()


# --- scenarios ---
CODE = "DNE001"
FIX = "either"


async def call():
    return await close("tea")


SCENARIOS = {
    "there": lambda: Room.objects.create(topic="tea"),
    "duplicates": lambda: [Room.objects.create(topic="tea") for _ in range(2)],
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO room.not_found topic='tea'"]}}

REFERENCE = {
    "    room = await Room.objects.aget(topic=topic)\n": """\
    try:
        room = await Room.objects.aget(topic=topic)
    except Room.DoesNotExist:
        logger.info("room.not_found", extra={"topic": topic})
        return
""",
}
