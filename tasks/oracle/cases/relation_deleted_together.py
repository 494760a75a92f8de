"""A receiver reads what is deleted along with the row that it is told of: the other child of the same parent."""

from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver


class Buyer(models.Model):
    name = models.CharField(max_length=16)


class Purse(models.Model):
    buyer = models.OneToOneField(Buyer, on_delete=models.CASCADE, related_name="purse")
    points = models.IntegerField(default=0)


class Voucher(models.Model):
    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE)


@receiver(post_delete, sender=Voucher)
def take_points(sender, instance, **kwargs):
    instance.buyer.purse.points -= 1
    instance.buyer.purse.save()


# --- scenarios ---
CODE = "DNE004"
FIX = "either"


def call():
    if Voucher.objects.filter(pk=1).exists():
        Voucher.objects.get(pk=1).delete()
    Buyer.objects.filter(name="leaves").delete()
    return "done"


def voucher_alone():
    buyer = Buyer.objects.create(name="stays")
    Purse.objects.create(buyer=buyer, points=3)
    Voucher.objects.create(pk=1, buyer=buyer)


def with_their_buyer():
    buyer = Buyer.objects.create(name="leaves")
    Purse.objects.create(buyer=buyer, points=3)
    Voucher.objects.create(pk=2, buyer=buyer)


SCENARIOS = {"alone": voucher_alone, "together": with_their_buyer, "nothing": lambda: None}

EXPECT = {
    "together": {
        "was": "raise Buyer.purse.RelatedObjectDoesNotExist",
        "outcome": "return 'done'",
        "logs": "any",
        "queries": 8,
        "rows": {"Buyer": 0, "Purse": 0, "Voucher": 0},
    },
}

REFERENCE = {
    "    instance.buyer.purse.points -= 1\n    instance.buyer.purse.save()\n": """\
    purse = getattr(instance.buyer, "purse", None)
    if purse is None:
        return
    purse.points -= 1
    purse.save()
""",
}
