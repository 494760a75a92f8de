"""A handler goes on with None, which the line behind the `try` reads."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Template(models.Model):
    slug = models.CharField(max_length=20, unique=True)
    text = models.CharField(max_length=80)


@shared_task
def send(slug):
    try:
        template = Template.objects.get(slug=slug)
    except Template.DoesNotExist:
        logger.warning("template.unknown", extra={"slug": slug})
        template = None
    logger.info("template.sent", extra={"text": template.text})


# --- scenarios ---
CODE = "DNE007"
FIX = "safe"


def call():
    return send.delay("hello").get()


SCENARIOS = {
    "there": lambda: Template.objects.create(slug="hello", text="Hello!"),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {"was": "raise AttributeError", "outcome": "return None"},
}

REFERENCE = {"        template = None\n": "        return\n"}
