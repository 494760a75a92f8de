from decimal import Decimal
from io import StringIO
from unittest import mock

from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.urls import reverse

from catalog import search, tasks
from catalog.models import Category, PriceChange, Store
from shop.testing import make_product


def hits(*products):
    return [{"_source": {"product_id": product.pk}} for product in products]


class CatalogTestCase(TestCase):
    def setUp(self):
        cache.clear()
        self.product = make_product()


class ViewTests(CatalogTestCase):
    def test_detail(self):
        url = reverse("product-detail", args=["a-1"])
        self.assertEqual(self.client.get(url, {"ref": "mail"}).json()["referrer"], "mail")
        missing = self.client.get(reverse("product-detail", args=["none"]))
        self.assertEqual(missing.status_code, 404)

    def test_quick_view(self):
        response = self.client.get(reverse("product-quick", args=[self.product.pk]))
        self.assertEqual(response.json()["store"], "Main street")

    def test_featured(self):
        self.assertIsNone(self.client.get(reverse("featured-product")).json()["product"])
        tasks.pin_featured_product.delay(self.product.pk)
        featured = self.client.get(reverse("featured-product")).json()["product"]
        self.assertEqual(featured["sku"], "A-1")

    def test_last_price_change(self):
        tasks.change_price.delay(self.product.pk, "12.50")
        response = self.client.get(reverse("product-prices", args=["A-1"]))
        self.assertEqual(response.json(), {"old": "10.00", "new": "12.50"})

    def test_stock_update(self):
        response = self.client.post(reverse("stock-update"), {"sku": "A-1", "stock": "9"})
        self.assertEqual(response.json(), {"sku": "A-1", "stock": 9})

    def test_category(self):
        make_product("B-2", price=Decimal("3.00"))
        response = self.client.get(reverse("category", args=["tea"]))
        self.assertContains(response, "New: Product B-2")
        self.assertContains(response, "From 3.00")


class SearchTests(CatalogTestCase):
    def test_client_reads_the_hits(self):
        client = mock.Mock()
        client.get.return_value = {"hits": {"hits": hits(self.product)}}
        self.assertEqual(search.ProductIndex(client).search("tea"), hits(self.product))

    def test_search_redirect(self):
        with mock.patch.object(search.product_index, "search", return_value=hits(self.product)):
            response = self.client.get(reverse("search"), {"q": "tea"})
        self.assertEqual(response.url, "/products/a-1/")
        with mock.patch.object(search.product_index, "search", return_value=[]):
            self.assertEqual(self.client.get(reverse("search")).status_code, 404)

    def test_search_products(self):
        hidden = make_product("B-2", published=False)
        found = hits(hidden, self.product)
        with mock.patch.object(search.product_index, "search", return_value=found):
            self.assertEqual(search.search_products("tea"), [self.product])


class ApiTests(CatalogTestCase):
    def test_products(self):
        self.assertEqual(len(self.client.get("/api/products/").json()), 1)
        url = f"/api/products/{self.product.pk}/price/"
        self.assertEqual(self.client.get(url).json(), {"price": "10.00"})
        self.assertEqual(self.client.get("/api/products/999/price/").status_code, 404)

    def test_availability(self):
        response = self.client.get(reverse("availability", args=[self.product.pk]))
        self.assertEqual(response.json(), {"sku": "A-1", "available": True})

    def test_barcode(self):
        response = self.client.get(reverse("barcode", args=["A-1"]))
        self.assertEqual(response.json(), {"barcode": f"{self.product.pk:013d}"})
        self.assertEqual(self.client.get(reverse("barcode", args=["X"])).status_code, 404)

    def test_reservation(self):
        response = self.client.post(reverse("reservations"), {"sku": "A-1", "quantity": 2})
        self.assertEqual(response.json(), {"sku": "A-1", "stock": 3})
        response = self.client.post(reverse("reservations"), {"sku": "A-1", "quantity": 9})
        self.assertEqual(response.status_code, 400)


class TaskTests(CatalogTestCase):
    def test_change_price(self):
        tasks.change_price.delay(self.product.pk, "8.00")
        self.assertEqual(PriceChange.objects.get().new_price, Decimal("8.00"))
        tasks.change_price.delay(self.product.pk + 1, "8.00")
        self.assertEqual(PriceChange.objects.count(), 1)

    def test_count_store_products_reads_the_store_once(self):
        store_id = self.product.store_id
        self.assertEqual(tasks.count_store_products.delay(store_id).get(), 1)
        with self.assertNumQueries(1):
            tasks.count_store_products.delay(store_id)

    def test_unpublish(self):
        self.assertEqual(tasks.unpublish.delay(self.product.pk).get(), "A-1")
        self.product.refresh_from_db()
        self.assertFalse(self.product.published)
        self.assertIsNone(tasks.unpublish.delay(self.product.pk + 1).get())


class RepriceTests(CatalogTestCase):
    def test_one_product(self):
        call_command("reprice", "10", sku="A-1", stdout=StringIO())
        self.product.refresh_from_db()
        self.assertEqual(self.product.price, Decimal("11.00"))

    def test_store(self):
        out = StringIO()
        call_command("reprice", "10", store=Store.objects.get().pk, stdout=out)
        self.assertEqual(out.getvalue(), "1 prices changed\n")
        with self.assertRaises(CommandError):
            call_command("reprice", "10", store=999)


class CachedManagerTests(CatalogTestCase):
    def test_one_keyword(self):
        with self.assertRaises(ValueError):
            Store.objects.get_from_cache(id=1, name="Main street")

    def test_text(self):
        self.assertEqual(str(Category.objects.get()), "Tea")
