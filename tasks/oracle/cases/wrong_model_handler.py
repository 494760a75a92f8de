"""The handler names another model than the one that can be missing."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Order(models.Model):
    total = models.IntegerField(default=0)


class Product(models.Model):
    views = models.IntegerField(default=0)


@shared_task
def count_view(product_id):
    try:
        product = Product.objects.get(pk=product_id)
    except Order.DoesNotExist:
        logger.info("product.gone", extra={"product_id": product_id})
        return
    product.views += 1
    product.save()


# --- scenarios ---
CODE = "DNE202"
FIX = "safe"


def call():
    return count_view.delay(7).get()


SCENARIOS = {
    "there": lambda: Product.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO product.gone product_id=7"]}}

REFERENCE = {"except Order.DoesNotExist": "except Product.DoesNotExist"}
