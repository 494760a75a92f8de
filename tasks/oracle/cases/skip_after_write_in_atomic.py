"""A write stands before the lookup in one transaction: raising took it back, and so does the early return."""

import logging

from celery import shared_task
from django.db import models, transaction

logger = logging.getLogger(__name__)


class Attempt(models.Model):
    subscription_id = models.BigIntegerField()


class Subscription(models.Model):
    renewals = models.IntegerField(default=0)


@shared_task
@transaction.atomic
def renew(subscription_id):
    Attempt.objects.create(subscription_id=subscription_id)
    subscription = Subscription.objects.get(pk=subscription_id)
    subscription.renewals += 1
    subscription.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return renew.delay(7).get()


SCENARIOS = {
    "there": lambda: Subscription.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO subscription.not_found subscription_id=7"],
    },
}

REFERENCE = {
    "    subscription = Subscription.objects.get(pk=subscription_id)\n": """\
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription is None:
        logger.info("subscription.not_found", extra={"subscription_id": subscription_id})
        transaction.set_rollback(True)
        return
""",
}
