"""The result of `first()` is given to a function that dereferences it."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Template(models.Model):
    slug = models.CharField(max_length=20, unique=True)
    text = models.CharField(max_length=80)


def deliver(template):
    logger.info("template.sent", extra={"text": template.text})


@shared_task
def send(slug):
    template = Template.objects.filter(slug=slug).first()
    deliver(template)


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
    "missing": {
        "was": "raise AttributeError",
        "outcome": "return None",
        "logs": ["INFO template.not_found slug='hello'"],
    },
}

REFERENCE = {
    "    deliver(template)\n": """\
    if template is None:
        logger.info("template.not_found", extra={"slug": slug})
        return
    deliver(template)
""",
}
