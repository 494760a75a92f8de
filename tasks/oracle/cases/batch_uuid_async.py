"""Pattern C, one query for all, awaited: one UUID has many spellings."""

import logging
import uuid

from django.db import models

logger = logging.getLogger(__name__)


class Device(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=20)


async def ping(device_ids: list[str]):
    names = []
    for device_id in device_ids:
        device = await Device.objects.aget(id=device_id)
        names.append(device.name)
    return names


# --- scenarios ---
CODE = "DNE301"
FIX = "unsafe"
ARGS = "--config fix.loop='batch'"
CONTAINS = "await Device.objects.ain_bulk("
QUERIES = "fewer"

SEVEN = uuid.UUID(int=7)


async def call():
    return await ping([str(SEVEN), SEVEN.hex, str(uuid.UUID(int=255)).upper()])


def both():
    Device.objects.create(id=SEVEN, name="seven")
    Device.objects.create(id=uuid.UUID(int=255), name="last")


SCENARIOS = {"there": both, "missing": lambda: Device.objects.create(id=SEVEN, name="seven")}

EXPECT = {"missing": {"outcome": "return ['seven', 'seven']", "logs": "any"}}

REFERENCE = {
    """    for device_id in device_ids:
        device = await Device.objects.aget(id=device_id)
""": """\
    to_pk = Device._meta.pk.to_python
    devices = await Device.objects.ain_bulk({to_pk(device_id) for device_id in device_ids})
    for device_id in device_ids:
        device = devices.get(to_pk(device_id))
        if device is None:
            logger.info("device.not_found", extra={"device_id": device_id})
            continue
"""
}
