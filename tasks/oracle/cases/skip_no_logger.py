"""The file has no logger of its own."""

from celery import shared_task
from django.db import models


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


def call():
    return close_cart.delay(7).get()


SCENARIOS = {
    "there": lambda: Cart.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": "any"}}

REFERENCE = {
    "    cart = Cart.objects.get(pk=cart_id)\n": """\
    cart = Cart.objects.filter(pk=cart_id).first()
    if cart is None:
        return
""",
}
