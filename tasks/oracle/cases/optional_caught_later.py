"""A handler passes, the name stays at the None from before, and more runs before it is read."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Template(models.Model):
    slug = models.CharField(max_length=20, unique=True)
    text = models.CharField(max_length=80)


@shared_task
def send(slug):
    template = None
    try:
        template = Template.objects.get(slug=slug)
    except Template.DoesNotExist:
        pass
    logger.info("template.asked", extra={"slug": slug})
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
    "missing": {
        "was": "raise AttributeError",
        "outcome": "return None",
        "logs": ["INFO template.asked slug='hello'", "INFO template.not_found slug='hello'"],
    },
}

REFERENCE = {
    '    logger.info("template.sent", extra={"text": template.text})\n': """\
    if template is None:
        logger.info("template.not_found", extra={"slug": slug})
        return
    logger.info("template.sent", extra={"text": template.text})
""",
}
