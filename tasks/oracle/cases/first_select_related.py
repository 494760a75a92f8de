"""The queryset before the lookup is kept: the related row still comes in the same query."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Plan(models.Model):
    fee = models.IntegerField()


class Subscription(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE)


@shared_task
def log_fee(subscription_id):
    subscription = Subscription.objects.select_related("plan").get(pk=subscription_id)
    logger.info("subscription.fee", extra={"fee": subscription.plan.fee})


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"
CONTAINS = "select_related"


def call():
    return log_fee.delay(7).get()


SCENARIOS = {
    "there": lambda: Subscription.objects.create(pk=7, plan=Plan.objects.create(fee=9)),
    "missing": lambda: Plan.objects.create(fee=9),
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO subscription.not_found subscription_id=7"],
    },
}

REFERENCE = {
    """    subscription = Subscription.objects.select_related("plan").get(pk=subscription_id)
""": """\
    subscription = Subscription.objects.select_related("plan").filter(pk=subscription_id).first()
    if subscription is None:
        logger.info("subscription.not_found", extra={"subscription_id": subscription_id})
        return
""",
}
