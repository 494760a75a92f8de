"""Pattern C, one query for all: what can be read only once is kept in a list first."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Group(models.Model):
    slug = models.SlugField(unique=True)


def slugs(text):
    for word in text.split():
        yield word


@shared_task
def touch(text):
    for place, slug in enumerate(slugs(text)):
        logger.info("group.asked", extra={"place": place})
        pk = Group.objects.get(slug=slug).pk
        logger.info("group.seen", extra={"pk": pk})


# --- scenarios ---
CODE = "DNE301"
FIX = "unsafe"
ARGS = "--config fix.loop='batch'"
CONTAINS = "items = list(enumerate(slugs(text)))"
QUERIES = "fewer"


def call():
    return touch.delay("red blue red").get()


def both():
    Group.objects.create(pk=7, slug="red")
    Group.objects.create(pk=8, slug="blue")


SCENARIOS = {"there": both, "missing": lambda: Group.objects.create(pk=8, slug="blue")}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": [
            "INFO group.asked place=0",
            "INFO group.not_found slug='red'",
            "INFO group.asked place=1",
            "INFO group.seen pk=8",
            "INFO group.asked place=2",
            "INFO group.not_found slug='red'",
        ],
    },
}

REFERENCE = {
    "    for place, slug in enumerate(slugs(text)):\n": """\
    items = list(enumerate(slugs(text)))
    groups = Group.objects.in_bulk({slug for place, slug in items}, field_name="slug")
    for place, slug in items:
""",
    "        pk = Group.objects.get(slug=slug).pk\n": """\
        group = groups.get(slug)
        if group is None:
            logger.info("group.not_found", extra={"slug": slug})
            continue
        pk = group.pk
""",
}
