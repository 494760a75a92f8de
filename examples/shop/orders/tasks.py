import logging
from contextlib import suppress

from celery import shared_task

from orders.models import Cart, Order, Shipment

logger = logging.getLogger(__name__)


def load_order(order_id: int) -> Order:
    return Order.objects.select_related("customer").get(pk=order_id)


@shared_task
def send_confirmation(order_id: int) -> bool:
    try:
        order = Order.objects.get(pk=order_id)
    except Order.DoesNotExist:
        logger.info("order.not_found", extra={"order_id": order_id})
        return False
    logger.info("order.confirmed", extra={"order_id": order.pk, "number": order.number})
    return True


@shared_task
def ship_order(order_id: int, tracking_code: str) -> None:
    try:
        order = load_order(order_id)
    except Order.DoesNotExist:
        logger.info("order.not_found", extra={"order_id": order_id})
        return
    Shipment.objects.create(order=order, tracking_code=tracking_code)
    Order.objects.filter(pk=order.pk).update(status=Order.Status.SHIPPED)


@shared_task
def release_cart(cart_id: int) -> None:
    with suppress(Cart.DoesNotExist):
        cart = Cart.objects.get(pk=cart_id)
        cart.customer = None
        cart.save(update_fields=["customer"])


@shared_task
def export_orders(order_ids: list[int]) -> list[str]:
    """The rows of the nightly export, in the order that the accounts asked for."""
    orders = Order.objects.in_bulk(order_ids)
    return [f"{orders[order_id].number};{orders[order_id].status}" for order_id in order_ids]


@shared_task
def push_to_accounts(order_id: int) -> None:
    try:
        order = Order.objects.get(pk=order_id)
        logger.info("order.pushed", extra={"number": order.number})
    except Exception:
        logger.exception("order.push_failed", extra={"order_id": order_id})
