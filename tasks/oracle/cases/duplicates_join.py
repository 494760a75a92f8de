"""A join beside the primary key returns the same row twice, which `get()` refuses."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Author(models.Model):
    name = models.CharField(max_length=20)


class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    year = models.IntegerField()


@shared_task
def congratulate(author_id, year):
    author = Author.objects.get(pk=author_id, books__year=year)
    logger.info("author.congratulated", extra={"author": author.name})


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return congratulate.delay(7, 2000).get()


def books(count):
    author = Author.objects.create(pk=7, name="Ada")
    for _ in range(count):
        Book.objects.create(author=author, year=2000)


SCENARIOS = {
    "there": lambda: books(1),
    "duplicates": lambda: books(2),
    "missing": lambda: books(0),
}

EXPECT = {
    "missing": {"outcome": "return None", "logs": ["INFO author.not_found *"]},
}

REFERENCE = {
    "    author = Author.objects.get(pk=author_id, books__year=year)\n": """\
    try:
        author = Author.objects.get(pk=author_id, books__year=year)
    except Author.DoesNotExist:
        logger.info("author.not_found", extra={"author_id": author_id, "year": year})
        return
""",
}
