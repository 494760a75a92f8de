import logging

from celery import shared_task

from notifications.models import Delivery
from notifications.services import subject

logger = logging.getLogger(__name__)


@shared_task
def deliver(delivery_id: int) -> str | None:
    delivery = Delivery.objects.filter(pk=delivery_id, sent=False).first()
    if delivery is None:
        logger.info("delivery.not_found", extra={"delivery_id": delivery_id})
        return None
    line = subject(delivery)
    Delivery.objects.filter(pk=delivery.pk).update(sent=True)
    return line
