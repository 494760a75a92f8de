"""A class-based view, the key comes from the body of the request."""

import json

from django.db import models
from django.http import JsonResponse
from django.urls import path
from django.views import View


class Product(models.Model):
    sku = models.CharField(max_length=20, unique=True)
    stock = models.IntegerField(default=0)


class StockView(View):
    def post(self, request):
        payload = json.loads(request.body)
        product = Product.objects.get(sku=payload["sku"])
        product.stock = payload["stock"]
        product.save()
        return JsonResponse({"stock": product.stock})


urlpatterns = [path("stock/", StockView.as_view())]


# --- scenarios ---
from helpers import post

CODE = "DNE107"
FIX = "safe"
PATH = "shop/views.py"


def call():
    return post("/stock/", {"sku": "a-1", "stock": 4})


SCENARIOS = {
    "there": lambda: Product.objects.create(sku="a-1"),
    "missing": lambda: None,
}

EXPECT = {"missing": {"was": "response 500", "outcome": "response 404"}}

REFERENCE = {
    "from django.http import JsonResponse\n": """\
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
""",
    """Product.objects.get(sku=payload["sku"])""": """get_object_or_404(Product, sku=payload["sku"])""",
}
