"""Deleting one row by its primary key needs no lookup; children and signals stay as they were."""

import logging

from celery import shared_task
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver

logger = logging.getLogger(__name__)


class Cart(models.Model):
    name = models.CharField(max_length=20, default="")


class CartItem(models.Model):
    cart = models.ForeignKey(Cart, on_delete=models.CASCADE)


@receiver(post_delete, sender=Cart)
def log_deleted(sender, instance, **kwargs):
    logger.info("cart.deleted", extra={"cart_name": instance.name})


@shared_task
def discard(cart_id):
    Cart.objects.get(pk=cart_id).delete()


# --- scenarios ---
CODE = "DNE403"
FIX = "safe"
QUERIES = "fewer"


def call():
    return discard.delay(7).get()


def cart_with_items():
    cart = Cart.objects.create(pk=7, name="mine")
    CartItem.objects.create(cart=cart)
    Cart.objects.create(pk=8)


SCENARIOS = {
    "there": cart_with_items,
    "missing": lambda: Cart.objects.create(pk=8),
}

EXPECT = {"missing": {"outcome": "return None"}}

REFERENCE = {"Cart.objects.get(pk=cart_id).delete()": "Cart.objects.filter(pk=cart_id).delete()"}
