"""The models of the generated cases; every variant of the sources has tables of its own."""

import logging
from contextlib import nullcontext

from django.db import models

logger = logging.getLogger(__name__)


def seen(*values):
    """What a case shows of itself."""
    logger.info("seen %s", " ".join(repr(value) for value in values))


class Box:
    row = None


class Owner(models.Model):
    name = models.CharField(max_length=20)


class Note(models.Model):
    text = models.CharField(max_length=20)


class Row(models.Model):
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="rows")
    name = models.CharField(max_length=20)
    slug = models.SlugField(unique=True)
    shelf = models.IntegerField()
    place = models.IntegerField()

    class Meta:
        unique_together = [("shelf", "place")]

    def __str__(self):
        return self.name

    def run(self):
        return self.pk

    def lock(self):
        return nullcontext(self.pk)

    def names(self):
        return [self.name]


class Link(models.Model):
    """What outlives the row it points at."""

    row = models.ForeignKey(Row, on_delete=models.DO_NOTHING, db_constraint=False)


class Badge(models.Model):
    owner = models.OneToOneField(Owner, on_delete=models.CASCADE, related_name="badge")
    text = models.CharField(max_length=20)


def noted(text):
    """A call that writes, whose name does not say so."""
    Note.objects.create(text=text)
