"""A view looks its row up by the id of the URL: 500 becomes 404."""

from django.db import models
from django.http import JsonResponse
from django.urls import path


class Product(models.Model):
    name = models.CharField(max_length=20)


def product_detail(request, product_id):
    product = Product.objects.get(pk=product_id)
    return JsonResponse({"name": product.name})


urlpatterns = [path("products/<int:product_id>/", product_detail)]


# --- scenarios ---
from helpers import get

CODE = "DNE107"
FIX = "safe"
PATH = "shop/views.py"


def call():
    return get("/products/7/")


SCENARIOS = {
    "there": lambda: Product.objects.create(pk=7, name="tea"),
    "missing": lambda: None,
}

EXPECT = {"missing": {"was": "response 500", "outcome": "response 404"}}

REFERENCE = {
    "from django.http import JsonResponse\n": """\
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
""",
    "Product.objects.get(pk=product_id)": "get_object_or_404(Product, pk=product_id)",
}
