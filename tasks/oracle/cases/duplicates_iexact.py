"""A unique column compared without case: two rows can match."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Tag(models.Model):
    slug = models.CharField(max_length=20, unique=True)
    hits = models.IntegerField(default=0)


@shared_task
def hit(slug):
    tag = Tag.objects.get(slug__iexact=slug)
    tag.hits += 1
    tag.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return hit.delay("tea").get()


SCENARIOS = {
    "there": lambda: Tag.objects.create(slug="TEA"),
    "duplicates": lambda: [Tag.objects.create(slug="TEA"), Tag.objects.create(slug="Tea")],
    "missing": lambda: None,
}

EXPECT = {
    "missing": {"outcome": "return None", "logs": ["INFO tag.not_found *"]},
}

REFERENCE = {
    "    tag = Tag.objects.get(slug__iexact=slug)\n": """\
    try:
        tag = Tag.objects.get(slug__iexact=slug)
    except Tag.DoesNotExist:
        logger.info("tag.not_found", extra={"slug": slug})
        return
""",
}
