"""A dead None check after a lookup that can find two rows: `first()` would hide that."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Hook(models.Model):
    url = models.CharField(max_length=80)
    calls = models.IntegerField(default=0)


@shared_task
def call_hook(url):
    hook = Hook.objects.get(url=url)
    if hook is None:
        logger.warning("hook.unknown", extra={"url": url})
        return
    hook.calls += 1
    hook.save()


# --- scenarios ---
CODE = "DNE204"
FIX = "safe"


def call():
    return call_hook.delay("/a").get()


SCENARIOS = {
    "there": lambda: Hook.objects.create(url="/a"),
    "duplicates": lambda: [Hook.objects.create(url="/a") for _ in range(2)],
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["WARNING hook.unknown url='/a'"]}}

REFERENCE = {
    "    hook = Hook.objects.get(url=url)\n": """\
    try:
        hook = Hook.objects.get(url=url)
    except Hook.DoesNotExist:
        hook = None
""",
}
