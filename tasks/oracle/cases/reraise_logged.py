"""A handler that logs and re-raises: the log line stays, the re-raise goes."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Invoice(models.Model):
    paid = models.BooleanField(default=False)


@shared_task
def charge(invoice_id):
    try:
        invoice = Invoice.objects.get(id=invoice_id)
    except Invoice.DoesNotExist:
        logger.warning("invoice.gone", extra={"invoice_id": invoice_id})
        raise
    invoice.paid = True
    invoice.save()


# --- scenarios ---
CODE = "DNE201"
FIX = "safe"


def call():
    return charge.delay(7).get()


SCENARIOS = {
    "there": lambda: Invoice.objects.create(id=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None"}}

REFERENCE = {"        raise\n": "        return\n"}
