"""The manager has a `get()` of its own, which `filter().first()` would go around."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class ActiveManager(models.Manager):
    def get(self, *args, **kwargs):
        return super().get(*args, active=True, **kwargs)


class Member(models.Model):
    active = models.BooleanField(default=True)
    greeted = models.BooleanField(default=False)

    objects = ActiveManager()


@shared_task
def greet(member_id):
    member = Member.objects.get(pk=member_id)
    member.greeted = True
    member.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return greet.delay(7).get()


SCENARIOS = {
    "there": lambda: Member.objects.create(pk=7),
    "there and inactive": lambda: Member.objects.create(pk=7, active=False),
    "missing": lambda: None,
}

MISSING = {"outcome": "return None", "logs": ["INFO member.not_found member_id=7"]}
EXPECT = {"there and inactive": MISSING, "missing": MISSING}

REFERENCE = {
    "    member = Member.objects.get(pk=member_id)\n": """\
    try:
        member = Member.objects.get(pk=member_id)
    except Member.DoesNotExist:
        logger.info("member.not_found", extra={"member_id": member_id})
        return
""",
}
