"""A foreign key that Django sets to NULL when its row is deleted, in a program that mostly checks it."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Courier(models.Model):
    name = models.CharField(max_length=16)


class Parcel(models.Model):
    courier = models.ForeignKey(Courier, null=True, on_delete=models.SET_NULL)


def label(parcel: Parcel):
    return parcel.courier.name if parcel.courier else "nobody"


def is_taken(parcel: Parcel):
    if parcel.courier is None:
        return False
    return True


@shared_task
def couriers():
    found = []
    for parcel in Parcel.objects.order_by("pk"):
        found.append(parcel.courier.name)
    return found


# --- scenarios ---
CODE = "DNE007"
FIX = "unsafe"
CONTAINS = "courier = parcel.courier"


def call():
    Courier.objects.filter(name="leaves").delete()
    return couriers.delay().get()


def stays():
    Parcel.objects.create(pk=7, courier=Courier.objects.create(pk=1, name="stays"))


def leaves():
    stays()
    Parcel.objects.create(pk=3, courier=Courier.objects.create(pk=2, name="leaves"))


SCENARIOS = {"there": stays, "gone": leaves, "nothing": lambda: None}

EXPECT = {
    "gone": {
        "was": "raise AttributeError",
        "outcome": "return ['stays']",
        "logs": ["INFO courier.not_found parcel_id=3"],
        "queries": 5,
    },
}

REFERENCE = {
    "        found.append(parcel.courier.name)\n": """\
        courier = parcel.courier
        if courier is None:
            logger.info("courier.not_found", extra={"parcel_id": parcel.pk})
            continue
        found.append(courier.name)
""",
}
