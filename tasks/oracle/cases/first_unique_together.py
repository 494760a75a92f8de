"""All columns of a `unique_together` are given."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Membership(models.Model):
    team_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    active = models.BooleanField(default=True)

    class Meta:
        unique_together = [("team_id", "user_id")]


@shared_task
def leave(team_id, user_id):
    membership = Membership.objects.get(team_id=team_id, user_id=user_id)
    membership.active = False
    membership.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"
CONTAINS = ".first()"


def call():
    return leave.delay(1, 2).get()


SCENARIOS = {
    "there": lambda: Membership.objects.create(team_id=1, user_id=2),
    "missing": lambda: Membership.objects.create(team_id=1, user_id=3),
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO membership.not_found team_id=1 user_id=2"],
    },
}

REFERENCE = {
    "    membership = Membership.objects.get(team_id=team_id, user_id=user_id)\n": """\
    membership = Membership.objects.filter(team_id=team_id, user_id=user_id).first()
    if membership is None:
        logger.info("membership.not_found", extra={"team_id": team_id, "user_id": user_id})
        return
""",
}
