"""Only the id is read from a row that no constraint keeps: the column has it."""

from celery import shared_task
from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=20)


class OrderLine(models.Model):
    product = models.ForeignKey(Product, on_delete=models.DO_NOTHING, db_constraint=False)


@shared_task
def product_ids():
    return [line.product.pk for line in OrderLine.objects.order_by("pk")]


# --- scenarios ---
CODE = "DNE004"
FIX = "safe"
CONTAINS = "line.product_id for line in"
QUERIES = "fewer"


def call():
    return product_ids.delay().get()


def there():
    Product.objects.create(pk=7, name="tea")
    OrderLine.objects.create(product_id=7)


def missing():
    there()
    OrderLine.objects.create(product_id=8)


SCENARIOS = {"there": there, "missing": missing}

EXPECT = {"missing": {"outcome": "return [7, 8]"}}

REFERENCE = {"line.product.pk": "line.product_id"}
