"""A dead `if not row` check."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Deploy(models.Model):
    done = models.BooleanField(default=False)


@shared_task
def finish(deploy_id):
    deploy = Deploy.objects.get(pk=deploy_id)
    if not deploy:
        return
    deploy.done = True
    deploy.save()


# --- scenarios ---
CODE = "DNE204"
FIX = "safe"


def call():
    return finish.delay(7).get()


SCENARIOS = {
    "there": lambda: Deploy.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None"}}

REFERENCE = {"Deploy.objects.get(pk=deploy_id)": "Deploy.objects.filter(pk=deploy_id).first()"}
