import logging

from celery import shared_task
from django.db.models import F

from billing.models import BillingRecord, Invoice, Subscription

logger = logging.getLogger(__name__)


@shared_task
def flush_usage_buffer(subscription_id: int) -> int:
    """Moves buffered usage of a subscription into what the next invoice bills."""
    subscription = Subscription.objects.get(id=subscription_id)
    buffered = subscription.buffered_usage
    Subscription.objects.filter(id=subscription.id).update(
        billed_usage=F("billed_usage") + buffered,
        buffered_usage=F("buffered_usage") - buffered,
    )
    return buffered


@shared_task
def charge_invoice(invoice_id: int) -> None:
    try:
        invoice = Invoice.objects.get(id=invoice_id)
    except Invoice.DoesNotExist:
        logger.error("invoice.missing", extra={"invoice_id": invoice_id})
        raise
    invoice.paid = True
    invoice.save(update_fields=["paid"])


@shared_task
def change_plan(subscription_id: int, plan_id: int) -> bool:
    try:
        subscription = Subscription.objects.get(id=subscription_id)
    except BillingRecord.DoesNotExist:
        return False
    subscription.plan_id = plan_id
    subscription.save(update_fields=["plan"])
    return True
