from django.test import TestCase

from notifications import services, tasks
from notifications.models import Delivery, MessageTemplate
from shop.testing import make_order


class NotificationTests(TestCase):
    databases = {"default", "logistics"}

    def setUp(self):
        self.template = MessageTemplate.objects.create(slug="paid", text="Thanks, {name}!")
        self.order = make_order()

    def test_render(self):
        self.assertEqual(services.render("paid", name="Ada"), "Thanks, Ada!")

    def test_deliver(self):
        delivery = Delivery.objects.create(
            template=self.template, context={"order_id": self.order.pk}
        )
        self.assertEqual(tasks.deliver.delay(delivery.pk).get(), "Your order 2026-1")
        self.assertIsNone(tasks.deliver.delay(delivery.pk).get())
        self.assertFalse(services.pending().exists())
