"""Relations that are tested for being there: a missing row is None for the test, and the other branch answers."""

from celery import shared_task
from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=20)


class OrderLine(models.Model):
    product = models.ForeignKey(Product, null=True, on_delete=models.DO_NOTHING, db_constraint=False)


class Gift(models.Model):
    line = models.OneToOneField(OrderLine, on_delete=models.CASCADE)
    card = models.CharField(max_length=20)


@shared_task
def names():
    found = []
    for line in OrderLine.objects.order_by("pk"):
        if line.product is not None:
            found.append(line.product.name)
        else:
            found.append("none")
        found.append(line.gift.card if line.gift else "no card")
    return found


# --- scenarios ---
CODE = "DNE004"
FIX = "safe"
CONTAINS = "            product = None"


def call():
    return names.delay().get()


def there():
    Product.objects.create(pk=7, name="tea")
    Gift.objects.create(line=OrderLine.objects.create(product_id=7), card="hello")
    Gift.objects.create(line=OrderLine.objects.create(product_id=None), card="bye")


def missing():
    Gift.objects.create(line=OrderLine.objects.create(product_id=8), card="hello")


def no_gift():
    Product.objects.create(pk=7, name="tea")
    OrderLine.objects.create(product_id=7)


SCENARIOS = {"there": there, "missing": missing, "no gift": no_gift}

EXPECT = {
    "missing": {"outcome": "return ['none', 'hello']", "queries": 3},
    "no gift": {
        "was": "raise OrderLine.gift.RelatedObjectDoesNotExist",
        "outcome": "return ['tea', 'no card']",
    },
}

REFERENCE = {
    "        if line.product is not None:\n            found.append(line.product.name)\n": """\
        try:
            product = line.product
        except Product.DoesNotExist:
            product = None
        if product is not None:
            found.append(product.name)
""",
    '        found.append(line.gift.card if line.gift else "no card")\n': """\
        gift = getattr(line, "gift", None)
        found.append(gift.card if gift else "no card")
""",
}
