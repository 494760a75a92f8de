"""The lookup stands behind `and`: it runs only when the left side is true."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Account(models.Model):
    active = models.BooleanField(default=True)


@shared_task
def notify(account_id):
    if account_id and Account.objects.get(pk=account_id).active:
        logger.info("account.notified", extra={"account_id": account_id})


# --- scenarios ---
CODE = "DNE101"
FIX = "optional"


def call():
    return [notify.delay(account_id).get() for account_id in (None, 7)]


SCENARIOS = {
    "there": lambda: Account.objects.create(pk=7),
    "there and inactive": lambda: Account.objects.create(pk=7, active=False),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {"outcome": "return [None, None]", "logs": "any"},
}

REFERENCE = {
    "    if account_id and Account.objects.get(pk=account_id).active:\n": """\
    account = Account.objects.filter(pk=account_id).first() if account_id else None
    if account is not None and account.active:
""",
}
