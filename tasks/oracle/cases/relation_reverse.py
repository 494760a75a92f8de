"""The reverse side of a one-to-one field, whose row may never have been written."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Customer(models.Model):
    email = models.CharField(max_length=20)


class Profile(models.Model):
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE)
    language = models.CharField(max_length=5)


@shared_task
def languages():
    found = []
    for customer in Customer.objects.order_by("pk"):
        found.append(customer.profile.language)
    return found


# --- scenarios ---
CODE = "DNE004"
FIX = "safe"
CONTAINS = 'profile = getattr(customer, "profile", None)'


def call():
    return languages.delay().get()


def both():
    for pk, language in ((7, "en"), (8, "de")):
        Profile.objects.create(customer=Customer.objects.create(pk=pk, email="x"), language=language)


def missing():
    both()
    Customer.objects.create(pk=3, email="y")


SCENARIOS = {"there": both, "missing": missing}

EXPECT = {
    "missing": {
        "was": "raise Customer.profile.RelatedObjectDoesNotExist",
        "outcome": "return ['en', 'de']",
        "logs": ["INFO profile.not_found customer_id=3"],
        "queries": 4,
    },
}

REFERENCE = {
    "        found.append(customer.profile.language)\n": """\
        profile = getattr(customer, "profile", None)
        if profile is None:
            logger.info("profile.not_found", extra={"customer_id": customer.pk})
            continue
        found.append(profile.language)
""",
}
