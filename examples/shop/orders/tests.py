from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse

from accounts.models import Customer
from orders import services, tasks
from orders.models import Cart, Order, Shipment
from shop.testing import make_customer, make_order, make_product


class OrdersTestCase(TestCase):
    databases = {"default", "logistics"}


class ServicesTests(OrdersTestCase):
    def test_place_order(self):
        product = make_product()
        items = [{"product_id": product.pk, "quantity": 3}]
        order = services.place_order(make_customer(), product.store, "2026-7", items)
        self.assertEqual(services.line_titles(order), ["3 x Product A-1"])

    def test_discard_cart(self):
        cart = Cart.objects.create()
        services.discard_cart(cart.pk)
        self.assertFalse(Cart.objects.exists())

    def test_find_order(self):
        order = make_order()
        self.assertEqual(services.find_order("2026-1"), order)

    def test_paid_orders_get_a_shipment(self):
        order = make_order()
        services.mark_paid(order)
        services.mark_paid(order)
        self.assertEqual(services.tracking_code(order), "T-2026-1")
        self.assertEqual(Shipment.objects.count(), 1)

    def test_customer(self):
        order = make_order()
        self.assertEqual(services.customer_email(order), "ada@example.org")
        make_order("2026-2", order.customer)
        self.assertEqual(services.last_order_number(order.customer), "2026-2")

    def test_warehouse(self):
        order = make_order()
        self.assertEqual(services.pick_up_city(order), "Hamburg")
        rows = services.serialize_orders([order])
        self.assertEqual(rows, [{"number": "2026-1", "status": "new", "warehouse": "HAM"}])


class TaskTests(OrdersTestCase):
    def test_send_confirmation(self):
        order = make_order()
        self.assertTrue(tasks.send_confirmation.delay(order.pk).get())
        self.assertFalse(tasks.send_confirmation.delay(order.pk + 1).get())

    def test_ship_order(self):
        order = make_order()
        tasks.ship_order.delay(order.pk + 1, "T-0")
        tasks.ship_order.delay(order.pk, "T-1")
        order.refresh_from_db()
        self.assertEqual(order.status, Order.Status.SHIPPED)
        self.assertEqual(order.shipment.tracking_code, "T-1")

    def test_release_cart(self):
        cart = Cart.objects.create(customer=make_customer())
        tasks.release_cart.delay(cart.pk + 1)
        tasks.release_cart.delay(cart.pk)
        self.assertFalse(Customer.objects.filter(cart=cart).exists())

    def test_export_orders(self):
        first = make_order()
        second = make_order("2026-2", first.customer)
        rows = tasks.export_orders.delay([second.pk, first.pk]).get()
        self.assertEqual(rows, ["2026-2;new", "2026-1;new"])

    def test_push_to_accounts(self):
        order = make_order()
        with self.assertLogs("orders.tasks") as logs:
            tasks.push_to_accounts.delay(order.pk)
        self.assertEqual(logs.output, ["INFO:orders.tasks:order.pushed"])


class ViewTests(OrdersTestCase):
    def setUp(self):
        self.order = make_order()
        self.client.force_login(self.order.customer.user)

    def test_status(self):
        response = self.client.get(reverse("order-status", args=["2026-1"]))
        self.assertEqual(response.json(), {"number": "2026-1", "status": "new"})

    def test_list(self):
        response = self.client.get(reverse("order-list"))
        self.assertEqual([row["number"] for row in response.json()["orders"]], ["2026-1"])

    def test_reorder(self):
        response = self.client.get(reverse("reorder", args=["2026-1"]))
        self.assertEqual(response.json(), {"items": ["2 x Product A-1"]})
        self.assertEqual(self.client.get(reverse("reorder", args=["0"])).status_code, 404)

    def test_admin(self):
        self.client.force_login(get_user_model().objects.create_superuser("root"))
        response = self.client.get(reverse("admin:orders_order_changelist"))
        self.assertContains(response, "HAM")
        Order.objects.update(warehouse_id=None)
        self.assertEqual(self.client.get(reverse("admin:orders_order_changelist")).status_code, 200)
