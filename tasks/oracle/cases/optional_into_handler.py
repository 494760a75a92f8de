"""A handler waits for what nothing raises: `first()` gives None."""

from celery import shared_task
from django.db import models


class Template(models.Model):
    slug = models.CharField(max_length=20)
    text = models.CharField(max_length=80)


@shared_task
def send(slug):
    try:
        template = Template.objects.filter(slug=slug).order_by("pk").first()
        text = template.text
    except Template.DoesNotExist:
        text = "Hello?"
    return text.upper()


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
    "missing": {"was": "raise AttributeError", "outcome": "return 'HELLO?'"},
}

REFERENCE = {
    "        text = template.text\n": "        if template is None:\n            raise Template.DoesNotExist\n        text = template.text\n",
}
