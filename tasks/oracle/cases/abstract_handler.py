"""The handler names an abstract base, which has no DoesNotExist: the handler itself dies."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Record(models.Model):
    note = models.CharField(max_length=20, default="")

    class Meta:
        abstract = True


class Plan(Record):
    active = models.BooleanField(default=True)


@shared_task
def retire(plan_id):
    try:
        plan = Plan.objects.get(pk=plan_id)
    except Record.DoesNotExist:
        return
    plan.active = False
    plan.save()


# --- scenarios ---
CODE = "DNE206"
FIX = "safe"


def call():
    return retire.delay(7).get()


SCENARIOS = {
    "there": lambda: Plan.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"was": "raise AttributeError", "outcome": "return None"}}

REFERENCE = {
    "from django.db import models\n": """\
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
""",
    "except Record.DoesNotExist": "except ObjectDoesNotExist",
}
