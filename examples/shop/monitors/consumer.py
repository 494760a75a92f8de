"""Reads check-ins from the message queue."""

import logging
from typing import Any

from django.db import transaction
from kombu import Exchange, Queue
from kombu.mixins import ConsumerMixin

from monitors.incidents import send_incident_occurrence
from monitors.models import CheckIn, Monitor

logger = logging.getLogger(__name__)

check_ins = Queue("monitor-check-ins", Exchange("monitors", type="direct"), routing_key="check-in")


class CheckInConsumer(ConsumerMixin):
    def __init__(self, connection) -> None:
        self.connection = connection

    def get_consumers(self, Consumer, channel):
        return [Consumer(queues=[check_ins], callbacks=[self.on_check_in], accept=["json"])]

    def on_check_in(self, body: dict[str, Any], message) -> None:
        monitor = Monitor.objects.get(guid=body["monitor_id"])
        with transaction.atomic():
            check_in = CheckIn.objects.create(monitor=monitor, status=body["status"])
            if check_in.status != CheckIn.Status.OK:
                send_incident_occurrence(monitor, check_in)
        message.ack()
