"""The lookup stands in the argument of a call."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Product(models.Model):
    name = models.CharField(max_length=20)


def announce(product):
    logger.info("product.announced", extra={"product_name": product.name})


@shared_task
def announce_product(product_id):
    announce(Product.objects.get(pk=product_id))


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return announce_product.delay(7).get()


SCENARIOS = {
    "there": lambda: Product.objects.create(pk=7, name="tea"),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO product.not_found product_id=7"],
    },
}

REFERENCE = {
    "    announce(Product.objects.get(pk=product_id))\n": """\
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        logger.info("product.not_found", extra={"product_id": product_id})
        return
    announce(product)
""",
}
