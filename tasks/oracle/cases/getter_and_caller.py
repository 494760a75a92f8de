"""Example 2: a getter on a soft reference returns None, its caller is guarded in the same run."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Environment(models.Model):
    name = models.CharField(max_length=20)


class Monitor(models.Model):
    environment_id = models.BigIntegerField()

    def get_environment(self):
        return Environment.objects.get(id=self.environment_id)


@shared_task
def send_incident(monitor_id):
    monitor = Monitor.objects.filter(pk=monitor_id).first()
    if monitor is None:
        return
    environment = monitor.get_environment()
    logger.info("incident.sent", extra={"environment": environment.name})


# --- scenarios ---
CODE = "DNE009"
FIX = "either"


def call():
    return send_incident.delay(7).get()


def monitor():
    Monitor.objects.create(pk=7, environment_id=3)


def both():
    monitor()
    Environment.objects.create(id=3, name="production")


SCENARIOS = {
    "there": both,
    "no monitor": lambda: None,
    "missing": monitor,
}

EXPECT = {"missing": {"outcome": "return None", "logs": "any"}}

REFERENCE = {
    "        return Environment.objects.get(id=self.environment_id)\n": """\
        return Environment.objects.filter(id=self.environment_id).first()
""",
    "    environment = monitor.get_environment()\n": """\
    environment = monitor.get_environment()
    if environment is None:
        logger.info("environment.not_found", extra={"monitor_id": monitor_id})
        return
""",
}
