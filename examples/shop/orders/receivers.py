import logging

from django.db.models.signals import post_save
from django.dispatch import receiver

from logistics.models import Warehouse
from orders.models import Order, Shipment
from orders.services import order_paid

logger = logging.getLogger(__name__)


@receiver(order_paid)
def prepare_shipment(sender, order_id: int, **kwargs) -> None:
    order = Order.objects.get(pk=order_id)
    Shipment.objects.get_or_create(order=order, defaults={"tracking_code": f"T-{order.number}"})


@receiver(post_save, sender=Order)
def announce_order(sender, instance: Order, created: bool, **kwargs) -> None:
    if not created:
        return
    logger.info("order.created", extra={"number": instance.number, "store": instance.store.name})
    if instance.warehouse_id is not None:
        warehouse = Warehouse.objects.get(id=instance.warehouse_id)
        logger.info("order.assigned", extra={"number": instance.number, "city": warehouse.city})
