"""A row that one branch uses and the code behind it: one check does for both, also where the row is there."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Settings(models.Model):
    team = models.BooleanField(default=True)
    office = models.BooleanField(default=True)


@shared_task
def fields(extra):
    settings = Settings.objects.first()

    names = ["title"]
    if extra:
        for _ in range(2):
            if settings.office:
                names = names + ["office"]
    if settings.team:
        names = names + ["team"]
    logger.info("fields", extra={"names": ",".join(names)})


# --- scenarios ---
CODE = "DNE007"
FIX = "either"


def call():
    return fields.delay(True).get()


SCENARIOS = {
    "there": lambda: Settings.objects.create(),
    "off": lambda: Settings.objects.create(office=False, team=False),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "was": "raise AttributeError",
        "outcome": "return None",
        "logs": ["INFO settings.not_found"],
    },
}

REFERENCE = {
    "first()\n": """first()
    if settings is None:
        logger.info("settings.not_found")
        return
""",
}
