"""The first row of an ordered queryset, by index."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Deploy(models.Model):
    number = models.IntegerField()


@shared_task
def announce_last():
    deploy = Deploy.objects.order_by("-number")[0]
    logger.info("deploy.last", extra={"number": deploy.number})


# --- scenarios ---
CODE = "DNE006"
FIX = "either"


def call():
    return announce_last.delay().get()


SCENARIOS = {
    "there": lambda: [Deploy.objects.create(number=number) for number in (3, 9, 5)],
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "was": "raise IndexError",
        "outcome": "return None",
        "logs": ["INFO deploy.not_found"],
    },
}

REFERENCE = {
    """    deploy = Deploy.objects.order_by("-number")[0]
""": """\
    deploy = Deploy.objects.order_by("-number").first()
    if deploy is None:
        logger.info("deploy.not_found")
        return
""",
}
