"""A task reads its row by the id it was given and works with it."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Subscription(models.Model):
    buffered = models.IntegerField(default=0)
    billed = models.IntegerField(default=0)


@shared_task
def flush_usage_buffer(subscription_id):
    subscription = Subscription.objects.get(id=subscription_id)
    subscription.billed += subscription.buffered
    subscription.buffered = 0
    subscription.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return flush_usage_buffer.delay(7).get()


SCENARIOS = {
    "there": lambda: Subscription.objects.create(id=7, buffered=5),
    "missing": lambda: Subscription.objects.create(id=8, buffered=5),
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO subscription.not_found subscription_id=7"],
    },
}

REFERENCE = {
    "    subscription = Subscription.objects.get(id=subscription_id)\n": """\
    subscription = Subscription.objects.filter(id=subscription_id).first()
    if subscription is None:
        logger.info("subscription.not_found", extra={"subscription_id": subscription_id})
        return
""",
}
