"""Placing, changing and reading orders."""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from accounts.models import Customer
from catalog.models import Product, Store
from logistics.models import Warehouse
from orders import tasks
from orders.models import Cart, Order, OrderLine

logger = logging.getLogger(__name__)

order_paid = Signal()


def add_lines(order: Order, items: Iterable[dict[str, int]]) -> int:
    """Adds the items of a checkout form and returns how many there were."""
    count = 0
    for item in items:
        product = Product.objects.get(id=item["product_id"])
        OrderLine.objects.create(order=order, product=product, quantity=item["quantity"])
        count += 1
    return count


def place_order(
    customer: Customer, store: Store, number: str, items: list[dict[str, int]]
) -> Order:
    with transaction.atomic():
        order = Order.objects.create(customer=customer, store=store, number=number)
        add_lines(order, items)
        tasks.send_confirmation.delay(order.pk)
    return order


def discard_cart(cart_id: int) -> None:
    Cart.objects.get(pk=cart_id).delete()


def find_order(number: str) -> Order | None:
    order = Order.objects.get(number=number)
    if order is None:
        logger.info("order.unknown", extra={"number": number})
        return None
    return order


def mark_paid(order: Order) -> None:
    order.status = Order.Status.PAID
    order.save(update_fields=["status"])
    order_paid.send(sender=Order, order_id=order.pk)


def line_titles(order: Order) -> list[str]:
    return [f"{line.quantity} x {line.product.name}" for line in order.lines.order_by("pk")]


def tracking_code(order: Order) -> str:
    try:
        return order.shipment.tracking_code
    except Order.DoesNotExist:
        return ""


def customer_email(order: Order) -> str:
    return Customer.objects.get(pk=order.customer_id).email


def last_order_number(customer: Customer) -> str | None:
    try:
        order = customer.orders.order_by("-placed_at", "-pk").first()
    except Order.DoesNotExist:
        return None
    return order.number


def pick_up_city(order: Order) -> str:
    warehouse = Warehouse.objects.get(id=order.warehouse_id)
    return warehouse.city


def serialize_orders(orders: Iterable[Order]) -> list[dict[str, Any]]:
    rows = []
    for order in orders:
        warehouse = Warehouse.objects.using("logistics").get(pk=order.warehouse_id)
        rows.append({"number": order.number, "status": order.status, "warehouse": warehouse.code})
    return rows
