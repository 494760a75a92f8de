"""All columns of a total UniqueConstraint are given, one of them in an earlier filter."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Release(models.Model):
    project_id = models.BigIntegerField()
    version = models.CharField(max_length=20)
    deployed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project_id", "version"], name="%(app_label)s_version"),
        ]


@shared_task
def mark_deployed(project_id, version):
    release = Release.objects.filter(project_id=project_id).get(version=version)
    release.deployed = True
    release.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return mark_deployed.delay(1, "2.0").get()


SCENARIOS = {
    "there": lambda: Release.objects.create(project_id=1, version="2.0"),
    "missing": lambda: Release.objects.create(project_id=2, version="2.0"),
}

EXPECT = {
    "missing": {"outcome": "return None", "logs": ["INFO release.not_found *"]},
}

REFERENCE = {
    "    release = Release.objects.filter(project_id=project_id).get(version=version)\n": """\
    release = Release.objects.filter(project_id=project_id).filter(version=version).first()
    if release is None:
        logger.info("release.not_found", extra={"version": version})
        return
""",
}
