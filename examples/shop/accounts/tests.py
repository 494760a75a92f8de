from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse

from accounts import services
from accounts.models import ApiKey, Customer
from catalog.models import Store
from shop.testing import make_customer


class ServicesTests(TestCase):
    def test_store_for_key(self):
        store = Store.objects.create(name="Harbour")
        ApiKey.objects.create(public_key="k1", store_id=store.pk)
        self.assertEqual(services.store_for_key("k1"), store)
        self.assertIsNone(services.store_for_key("unknown"))

    def test_closed_store_has_no_key(self):
        store = Store.objects.create(name="Harbour", is_open=False)
        ApiKey.objects.create(public_key="k1", store_id=store.pk)
        self.assertIsNone(services.store_for_key("k1"))

    def test_may_order_from(self):
        store = Store.objects.create(name="Harbour")
        customer = make_customer()
        self.assertTrue(services.may_order_from(customer, store.pk))
        customer.user.is_active = False
        self.assertFalse(services.may_order_from(customer, store.pk))

    def test_register_customer(self):
        customer = services.register_customer("grace", "grace@example.org")
        self.assertEqual(customer.user.username, "grace")

    def test_ensure_customer_twice(self):
        user = get_user_model().objects.create_user("grace", "grace@example.org")
        first = services.ensure_customer(user)
        self.assertEqual(services.ensure_customer(user), first)
        self.assertEqual(Customer.objects.count(), 1)

    def test_language(self):
        customer = make_customer()
        self.assertEqual(services.language_of(customer), "en")
        profile = services.profile_of(customer)
        profile.language = "de"
        profile.save()
        self.assertEqual(services.language_of(Customer.objects.get(pk=customer.pk)), "de")


class ViewTests(TestCase):
    def setUp(self):
        self.customer = make_customer()
        self.client.force_login(self.customer.user)

    def test_account_home(self):
        response = self.client.get(reverse("account-home"))
        self.assertEqual(response.json(), {"username": "ada", "groups": []})

    def test_newsletter(self):
        services.profile_of(self.customer)
        response = self.client.get(reverse("newsletter"))
        self.assertEqual(response.json(), {"newsletter": False, "language": "en"})

    def test_newsletter_is_for_customers(self):
        self.client.force_login(get_user_model().objects.create_user("staff"))
        self.assertEqual(self.client.get(reverse("newsletter")).status_code, 404)

    def test_acting_as(self):
        self.assertIsNone(self.client.get(reverse("acting-as")).json()["customer"])
        session = self.client.session
        session["acting_as"] = self.customer.pk
        session.save()
        self.assertEqual(
            self.client.get(reverse("acting-as")).json()["customer"], "ada@example.org"
        )
