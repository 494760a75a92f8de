"""The column is not unique: two rows must still raise MultipleObjectsReturned."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Repository(models.Model):
    url = models.CharField(max_length=80)
    synced = models.BooleanField(default=False)


@shared_task
def sync(url):
    repository = Repository.objects.get(url=url)
    repository.synced = True
    repository.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"
CONTAINS = "except Repository.DoesNotExist"


def call():
    return sync.delay("git://a").get()


SCENARIOS = {
    "there": lambda: Repository.objects.create(url="git://a"),
    "duplicates": lambda: [Repository.objects.create(url="git://a") for _ in range(2)],
    "missing": lambda: None,
}

EXPECT = {
    "missing": {"outcome": "return None", "logs": ["INFO repository.not_found url='git://a'"]},
}

REFERENCE = {
    "    repository = Repository.objects.get(url=url)\n": """\
    try:
        repository = Repository.objects.get(url=url)
    except Repository.DoesNotExist:
        logger.info("repository.not_found", extra={"url": url})
        return
""",
}
