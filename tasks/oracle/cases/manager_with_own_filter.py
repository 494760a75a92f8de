"""The manager has a `filter()` of its own, which `get()` does not use."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class VisibleManager(models.Manager):
    def filter(self, *args, **kwargs):
        return super().filter(*args, **kwargs).exclude(hidden=True)


class Page(models.Model):
    hidden = models.BooleanField(default=False)
    views = models.IntegerField(default=0)

    objects = VisibleManager()


@shared_task
def count_view(page_id):
    page = Page.objects.get(pk=page_id)
    page.views += 1
    page.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return count_view.delay(7).get()


SCENARIOS = {
    "there": lambda: Page.objects.create(pk=7),
    "there and hidden": lambda: Page.objects.create(pk=7, hidden=True),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {"outcome": "return None", "logs": ["INFO page.not_found page_id=7"]},
}

REFERENCE = {
    "    page = Page.objects.get(pk=page_id)\n": """\
    try:
        page = Page.objects.get(pk=page_id)
    except Page.DoesNotExist:
        logger.info("page.not_found", extra={"page_id": page_id})
        return
""",
}
