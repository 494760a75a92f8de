"""The user asks for try/except where `first()` would do as well."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Cart(models.Model):
    open = models.BooleanField(default=True)


@shared_task
def close_cart(cart_id):
    cart = Cart.objects.get(pk=cart_id)
    cart.open = False
    cart.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"
ARGS = "--fix-style try"
CONTAINS = "except Cart.DoesNotExist"


def call():
    return close_cart.delay(7).get()


SCENARIOS = {
    "there": lambda: Cart.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO cart.not_found cart_id=7"]}}

REFERENCE = {
    "    cart = Cart.objects.get(pk=cart_id)\n": """\
    try:
        cart = Cart.objects.get(pk=cart_id)
    except Cart.DoesNotExist:
        logger.info("cart.not_found", extra={"cart_id": cart_id})
        return
""",
}
