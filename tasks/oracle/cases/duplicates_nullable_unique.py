"""A unique column that may be NULL: `get(code=None)` can match several rows."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Coupon(models.Model):
    code = models.CharField(max_length=20, unique=True, null=True)
    used = models.BooleanField(default=False)


@shared_task
def use_coupon(code):
    coupon = Coupon.objects.get(code=code)
    coupon.used = True
    coupon.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return use_coupon.delay(None).get()


SCENARIOS = {
    "there": lambda: Coupon.objects.create(code=None),
    "duplicates": lambda: [Coupon.objects.create(code=None) for _ in range(2)],
    "missing": lambda: Coupon.objects.create(code="A"),
}

EXPECT = {
    "missing": {"outcome": "return None", "logs": ["INFO coupon.not_found code=None"]},
}

REFERENCE = {
    "    coupon = Coupon.objects.get(code=code)\n": """\
    try:
        coupon = Coupon.objects.get(code=code)
    except Coupon.DoesNotExist:
        logger.info("coupon.not_found", extra={"code": code})
        return
""",
}
