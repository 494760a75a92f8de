from django.db import models

from accounts.models import Customer


class BillingRecord(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Plan(models.Model):
    slug = models.SlugField(unique=True)
    monthly_fee = models.DecimalField(max_digits=8, decimal_places=2)

    def __str__(self) -> str:
        return self.slug


class Subscription(BillingRecord):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="subscriptions")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    buffered_usage = models.PositiveIntegerField(default=0)
    billed_usage = models.PositiveIntegerField(default=0)


class Invoice(BillingRecord):
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="invoices"
    )
    period = models.CharField(max_length=7)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    paid = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "period"], name="one_invoice_a_period"),
        ]
