"""The model has a `delete()` of its own, which a queryset does not call."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Tombstone(models.Model):
    upload_id = models.BigIntegerField()


class Upload(models.Model):
    name = models.CharField(max_length=20, default="")

    def delete(self, *args, **kwargs):
        Tombstone.objects.create(upload_id=self.pk)
        return super().delete(*args, **kwargs)


@shared_task
def purge(upload_id):
    Upload.objects.get(pk=upload_id).delete()


# --- scenarios ---
CODE = "DNE403"
FIX = "either"


def call():
    return purge.delay(7).get()


SCENARIOS = {
    "there": lambda: Upload.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": "any"}}

REFERENCE = {
    "    Upload.objects.get(pk=upload_id).delete()\n": """\
    upload = Upload.objects.filter(pk=upload_id).first()
    if upload is None:
        logger.info("upload.not_found", extra={"upload_id": upload_id})
        return
    upload.delete()
""",
}
