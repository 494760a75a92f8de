"""A task returns something of the row; nobody reads the result of the task."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Invoice(models.Model):
    amount = models.IntegerField()


@shared_task
def invoice_amount(invoice_id):
    return Invoice.objects.get(pk=invoice_id).amount


# --- scenarios ---
CODE = "DNE101"
FIX = "either"


def call():
    return invoice_amount.delay(7).get()


SCENARIOS = {
    "there": lambda: Invoice.objects.create(pk=7, amount=12),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO invoice.not_found invoice_id=7"],
    },
}

REFERENCE = {
    "    return Invoice.objects.get(pk=invoice_id).amount\n": """\
    invoice = Invoice.objects.filter(pk=invoice_id).first()
    if invoice is None:
        logger.info("invoice.not_found", extra={"invoice_id": invoice_id})
        return None
    return invoice.amount
""",
}
