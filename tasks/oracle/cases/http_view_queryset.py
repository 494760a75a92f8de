"""The lookup of a view ends a chain, which must stay."""

from django.db import models
from django.http import JsonResponse
from django.urls import path


class Store(models.Model):
    name = models.CharField(max_length=20)


class Product(models.Model):
    store = models.ForeignKey(Store, on_delete=models.CASCADE)
    published = models.BooleanField(default=True)


def product_store(request, product_id):
    product = Product.objects.select_related("store").filter(published=True).get(pk=product_id)
    return JsonResponse({"store": product.store.name})


urlpatterns = [path("products/<int:product_id>/", product_store)]


# --- scenarios ---
from helpers import get

CODE = "DNE107"
FIX = "safe"
PATH = "shop/views.py"


def call():
    return get("/products/7/")


def product(published):
    Product.objects.create(pk=7, store=Store.objects.create(name="harbour"), published=published)


SCENARIOS = {
    "there": lambda: product(True),
    "there but hidden": lambda: product(False),
    "missing": lambda: None,
}

GONE = {"was": "response 500", "outcome": "response 404"}
EXPECT = {"there but hidden": GONE, "missing": GONE}

REFERENCE = {
    "from django.http import JsonResponse\n": """\
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
""",
    """Product.objects.select_related("store").filter(published=True).get(pk=product_id)""": """\
get_object_or_404(
        Product.objects.select_related("store").filter(published=True), pk=product_id
    )""",
}
