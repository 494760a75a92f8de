"""An argument before the lookup writes the row that the lookup finds: the lookup must not move before it."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Product(models.Model):
    name = models.CharField(max_length=20)


def restore(product_id, name):
    if name:
        Product.objects.get_or_create(pk=product_id, defaults={"name": name})
    return name


def announce(name, product):
    logger.info("product.restored", extra={"old": name, "new": product.name})


@shared_task
def restore_product(product_id, name):
    announce(restore(product_id, name), Product.objects.get(pk=product_id))


# --- scenarios ---
CODE = "DNE101"
FIX = "optional"

NAMES = []


def call():
    return restore_product.delay(7, NAMES[-1]).get()


def prepare(name, exists):
    NAMES.append(name)
    if exists:
        Product.objects.create(pk=7, name="old")


SCENARIOS = {
    "there": lambda: prepare("tea", True),
    "written by the argument": lambda: prepare("tea", False),
    "missing": lambda: prepare("", False),
}

EXPECT = {
    "missing": {"outcome": "return None", "logs": ["INFO product.not_found product_id=7"]},
}

REFERENCE = {
    "    announce(restore(product_id, name), Product.objects.get(pk=product_id))\n": """\
    restored = restore(product_id, name)
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        logger.info("product.not_found", extra={"product_id": product_id})
        return
    announce(restored, product)
""",
}
