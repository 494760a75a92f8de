"""`latest()` on a table that can be empty."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Deploy(models.Model):
    number = models.IntegerField()


@shared_task
def announce_last_deploy():
    deploy = Deploy.objects.latest("number")
    logger.info("deploy.last", extra={"number": deploy.number})


# --- scenarios ---
CODE = "DNE001"
FIX = "either"


def call():
    return announce_last_deploy.delay().get()


def three():
    for number in (2, 9, 4):
        Deploy.objects.create(number=number)


SCENARIOS = {
    "there": three,
    "equal numbers": lambda: [Deploy.objects.create(number=3) for _ in range(2)],
    "missing": lambda: None,
}

EXPECT = {
    "missing": {"outcome": "return None", "logs": ["INFO deploy.not_found"]},
}

REFERENCE = {
    """    deploy = Deploy.objects.latest("number")
""": """\
    deploy = Deploy.objects.order_by("-number").first()
    if deploy is None:
        logger.info("deploy.not_found")
        return
""",
}
