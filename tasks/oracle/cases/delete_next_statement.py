"""A row is loaded in one statement and deleted in the next."""

import logging

from celery import shared_task
from django.db import models
from django.db.models.signals import post_delete

logger = logging.getLogger(__name__)


class Cart(models.Model):
    name = models.CharField(max_length=20)


class Line(models.Model):
    cart = models.ForeignKey(Cart, on_delete=models.CASCADE)


@shared_task
def discard(cart_id):
    cart = Cart.objects.get(pk=cart_id)
    cart.delete()
    logger.info("cart.discarded")


# --- scenarios ---
CODE = "DNE403"
FIX = "safe"
CONTAINS = "    Cart.objects.filter(pk=cart_id).delete()"
QUERIES = "fewer"


def deleted(sender, instance, **kwargs):
    logger.info("deleted", extra={"row": instance.pk})


post_delete.connect(deleted, sender=Cart)


def call():
    return discard.delay(7).get()


def there():
    cart = Cart.objects.create(pk=7, name="tea")
    Line.objects.create(cart=cart)


SCENARIOS = {"there": there, "missing": lambda: None}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO cart.discarded"]}}

REFERENCE = {
    "    cart = Cart.objects.get(pk=cart_id)\n    cart.delete()\n": """\
    Cart.objects.filter(pk=cart_id).delete()
""",
}
