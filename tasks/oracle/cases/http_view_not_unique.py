"""A view looks up by a column that is not unique: two rows stay a 500, they are no 404."""

from django.db import models
from django.http import JsonResponse
from django.urls import path


class Product(models.Model):
    name = models.CharField(max_length=20)


def product_by_name(request, name):
    product = Product.objects.get(name=name)
    return JsonResponse({"id": product.pk})


urlpatterns = [path("products/<str:name>/", product_by_name)]


# --- scenarios ---
from helpers import get

CODE = "DNE107"
FIX = "safe"
PATH = "shop/views.py"


def call():
    return get("/products/tea/")


SCENARIOS = {
    "there": lambda: Product.objects.create(name="tea"),
    "duplicates": lambda: [Product.objects.create(name="tea") for _ in range(2)],
    "missing": lambda: None,
}

EXPECT = {"missing": {"was": "response 500", "outcome": "response 404"}}

REFERENCE = {
    "from django.http import JsonResponse\n": """\
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
""",
    "Product.objects.get(name=name)": "get_object_or_404(Product, name=name)",
}
