"""A lookup for every item of a comprehension."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Product(models.Model):
    name = models.CharField(max_length=20)


@shared_task
def export(product_ids):
    names = [Product.objects.get(pk=product_id).name for product_id in product_ids]
    logger.info("products.exported", extra={"names": names})


# --- scenarios ---
CODE = "DNE301"
FIX = "optional"
QUERIES = "fewer"


def call():
    return export.delay([8, 7, 8]).get()


def both():
    Product.objects.create(pk=7, name="tea")
    Product.objects.create(pk=8, name="cake")


SCENARIOS = {
    "there": both,
    "missing": lambda: Product.objects.create(pk=8, name="cake"),
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO products.exported names=['cake', 'cake']"],
    },
}

REFERENCE = {
    "    names = [Product.objects.get(pk=product_id).name for product_id in product_ids]\n": """\
    products = Product.objects.in_bulk(product_ids)
    names = [products[product_id].name for product_id in product_ids if product_id in products]
""",
}
