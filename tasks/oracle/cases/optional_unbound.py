"""A handler that goes on to where its row is read, under a name that is not bound then."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Deploy(models.Model):
    done = models.BooleanField(default=False)


@shared_task
def finish(deploy_id):
    try:
        deploy = Deploy.objects.get(pk=deploy_id)
    except Deploy.DoesNotExist:
        logger.warning("no deploy %s", deploy_id)
    deploy.done = True
    deploy.save()


# --- scenarios ---
CODE = "DNE007"
FIX = "safe"


def call():
    return finish.delay(7).get()


SCENARIOS = {
    "there": lambda: Deploy.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"was": "raise UnboundLocalError", "outcome": "return None"}}

REFERENCE = {
    '        logger.warning("no deploy %s", deploy_id)\n': (
        '        logger.warning("no deploy %s", deploy_id)\n        return\n'
    )
}
