"""A relation without a constraint, read for the row itself."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Product(models.Model):
    name = models.CharField(max_length=20)


class OrderLine(models.Model):
    product = models.ForeignKey(Product, on_delete=models.DO_NOTHING, db_constraint=False)


@shared_task
def names():
    found = []
    for line in OrderLine.objects.order_by("pk"):
        found.append(line.product.name)
    return found


# --- scenarios ---
CODE = "DNE004"
FIX = "safe"


def call():
    return names.delay().get()


def there():
    Product.objects.create(pk=7, name="tea")
    OrderLine.objects.create(product_id=7)


def missing():
    OrderLine.objects.create(product_id=8)
    there()


SCENARIOS = {"there": there, "missing": missing}

EXPECT = {
    "missing": {
        "outcome": "return ['tea']",
        "logs": ["INFO product.not_found product_id=8"],
        "queries": 3,
    },
}

REFERENCE = {
    "        found.append(line.product.name)\n": """\
        try:
            product = line.product
        except Product.DoesNotExist:
            logger.info("product.not_found", extra={"product_id": line.product_id})
            continue
        found.append(product.name)
""",
}
