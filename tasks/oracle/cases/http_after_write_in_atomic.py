"""The view writes before it looks up, in one transaction: Http404 takes the write back as well."""

from django.db import models, transaction
from django.http import JsonResponse
from django.urls import path


class Hit(models.Model):
    product_id = models.BigIntegerField()


class Product(models.Model):
    name = models.CharField(max_length=20)


@transaction.atomic
def product_detail(request, product_id):
    Hit.objects.create(product_id=product_id)
    product = Product.objects.get(pk=product_id)
    return JsonResponse({"name": product.name})


urlpatterns = [path("products/<int:product_id>/", product_detail)]


# --- scenarios ---
from helpers import get

CODE = "DNE107"
FIX = "either"
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
