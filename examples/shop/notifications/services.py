from django.db.models import QuerySet

from notifications.models import Delivery, MessageTemplate
from orders.models import Order


def find_template(slug: str) -> MessageTemplate | None:
    return MessageTemplate.objects.filter(slug=slug).first()


def render(slug: str, **values: str) -> str:
    template = find_template(slug)
    return template.text.format(**values)


def subject(delivery: Delivery) -> str:
    """The subject line: the number of the order that the message is about."""
    order = Order.objects.get(pk=delivery.context["order_id"])
    return f"Your order {order.number}"


def pending() -> QuerySet[Delivery]:
    return Delivery.objects.filter(sent=False).select_related("template").order_by("pk")
