"""The lookup ends a slice, which cannot be ordered any more: `first()` would be a TypeError."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Job(models.Model):
    done = models.BooleanField(default=False)


@shared_task
def finish_only_job():
    job = Job.objects.filter(done=False)[:5].get()
    job.done = True
    job.save()


# --- scenarios ---
CODE = "DNE001"
FIX = "safe"


def call():
    return finish_only_job.delay().get()


SCENARIOS = {
    "there": lambda: Job.objects.create(),
    "duplicates": lambda: [Job.objects.create() for _ in range(2)],
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": "any"}}

REFERENCE = {
    "    job = Job.objects.filter(done=False)[:5].get()\n": """\
    try:
        job = Job.objects.filter(done=False)[:5].get()
    except Job.DoesNotExist:
        logger.info("job.not_found", extra={"done": False})
        return
""",
}
