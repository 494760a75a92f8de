"""`get_from_cache()` keeps its cache: try/except around it, never a filter."""

import logging

from celery import shared_task
from django.core.cache import cache
from django.db import models

logger = logging.getLogger(__name__)


class CachedManager(models.Manager):
    def get_from_cache(self, **lookup):
        key = repr(sorted(lookup.items()))
        row = cache.get(key)
        if row is None:
            row = self.get(**lookup)
            cache.set(key, row)
        return row


class Store(models.Model):
    visits = models.IntegerField(default=0)

    objects = CachedManager()


@shared_task
def count_visit(store_id):
    store = Store.objects.get_from_cache(pk=store_id)
    logger.info("store.visited", extra={"store": store.pk})


# --- scenarios ---
CODE = "DNE002"
FIX = "safe"
CONTAINS = "Store.objects.get_from_cache(pk=store_id)"


def call():
    return [count_visit.delay(7).get() for _ in range(3)]


def cached_and_deleted():
    store = Store.objects.create(pk=7)
    Store.objects.get_from_cache(pk=7)
    store.delete()


SCENARIOS = {
    "there": lambda: Store.objects.create(pk=7),
    "deleted but cached": cached_and_deleted,
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return [None, None, None]",
        "logs": ["INFO store.not_found store_id=7"] * 3,
        "queries": 3,
    },
}

REFERENCE = {
    "    store = Store.objects.get_from_cache(pk=store_id)\n": """\
    try:
        store = Store.objects.get_from_cache(pk=store_id)
    except Store.DoesNotExist:
        logger.info("store.not_found", extra={"store_id": store_id})
        return
""",
}
