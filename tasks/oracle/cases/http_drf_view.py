"""A view of Django REST framework."""

from django.db import models
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView


class Product(models.Model):
    stock = models.IntegerField(default=0)


class AvailabilityView(APIView):
    authentication_classes = []
    permission_classes = []

    def get(self, request, pk):
        product = Product.objects.get(pk=pk)
        return Response({"available": product.stock > 0})


urlpatterns = [path("products/<int:pk>/", AvailabilityView.as_view())]


# --- scenarios ---
from helpers import get

CODE = "DNE107"
FIX = "safe"
PATH = "shop/api.py"


def call():
    return get("/products/7/")


SCENARIOS = {
    "there": lambda: Product.objects.create(pk=7, stock=2),
    "missing": lambda: None,
}

EXPECT = {"missing": {"was": "response 500", "outcome": "response 404"}}

REFERENCE = {
    "from django.db import models\n": """\
from django.db import models
from django.shortcuts import get_object_or_404
""",
    "Product.objects.get(pk=pk)": "get_object_or_404(Product, pk=pk)",
}
