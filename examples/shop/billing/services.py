"""Subscriptions and their invoices."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import IntegrityError, transaction

from accounts.models import Customer
from billing import tasks
from billing.models import Invoice, Plan, Subscription


def start_free_subscription(customer: Customer) -> Subscription:
    plan = Plan.objects.get(slug="free")
    return Subscription.objects.create(customer=customer, plan=plan)


def invoice_for(subscription: Subscription, period: str) -> Invoice:
    """The invoice of a period; the first caller writes it."""
    try:
        with transaction.atomic():
            return Invoice.objects.create(
                subscription=subscription, period=period, amount=subscription.plan.monthly_fee
            )
    except IntegrityError:
        return Invoice.objects.get(subscription=subscription, period=period)


def record_usage(subscription: Subscription, units: int) -> None:
    with transaction.atomic():
        subscription.buffered_usage += units
        subscription.save(update_fields=["buffered_usage"])
        tasks.flush_usage_buffer.delay(subscription.pk)


def total_fees(subscription_ids: Iterable[int]) -> Decimal:
    try:
        fees = (
            Subscription.objects.get(id=subscription_id).plan.monthly_fee
            for subscription_id in subscription_ids
        )
    except Subscription.DoesNotExist:
        return Decimal(0)
    return sum(fees, Decimal(0))
