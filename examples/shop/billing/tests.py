import json
from decimal import Decimal

from django.test import TestCase
from django.urls import reverse

from billing import services, tasks
from billing.models import Plan
from shop.testing import make_customer


class BillingTests(TestCase):
    def setUp(self):
        Plan.objects.create(slug="free", monthly_fee=Decimal("0.00"))
        self.team = Plan.objects.create(slug="team", monthly_fee=Decimal("9.00"))
        self.subscription = services.start_free_subscription(make_customer())

    def test_usage(self):
        services.record_usage(self.subscription, 5)
        self.subscription.refresh_from_db()
        self.assertEqual(self.subscription.billed_usage, 5)
        self.assertEqual(self.subscription.buffered_usage, 0)
        self.assertEqual(tasks.flush_usage_buffer.delay(self.subscription.pk).get(), 0)

    def test_one_invoice_a_period(self):
        first = services.invoice_for(self.subscription, "2026-01")
        self.assertEqual(services.invoice_for(self.subscription, "2026-01"), first)
        self.assertNotEqual(services.invoice_for(self.subscription, "2026-02"), first)

    def test_charge_invoice(self):
        invoice = services.invoice_for(self.subscription, "2026-01")
        tasks.charge_invoice.delay(invoice.pk)
        invoice.refresh_from_db()
        self.assertTrue(invoice.paid)

    def test_change_plan(self):
        self.assertTrue(tasks.change_plan.delay(self.subscription.pk, self.team.pk).get())
        self.assertEqual(services.total_fees([self.subscription.pk]), Decimal("9.00"))
        self.assertEqual(services.total_fees([]), Decimal(0))

    def test_webhook(self):
        invoice = services.invoice_for(self.subscription, "2026-01")
        response = self.client.post(
            reverse("payment-received"),
            json.dumps({"invoice_id": invoice.pk}),
            content_type="application/json",
        )
        self.assertEqual(response.json(), {"paid": True, "note": ""})
