"""An async view. (Django 4.2 has no `aget_object_or_404`.)"""

from django.db import models
from django.http import JsonResponse
from django.urls import path


class Order(models.Model):
    number = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, default="new")


async def order_status(request, number):
    order = await Order.objects.aget(number=number)
    return JsonResponse({"status": order.status})


urlpatterns = [path("orders/<str:number>/", order_status)]


# --- scenarios ---
from helpers import get

CODE = "DNE107"
FIX = "safe"
PATH = "shop/views.py"


def call():
    return get("/orders/2026-1/")


SCENARIOS = {
    "there": lambda: Order.objects.create(number="2026-1"),
    "missing": lambda: None,
}

EXPECT = {"missing": {"was": "response 500", "outcome": "response 404"}}

REFERENCE = {
    "from django.http import JsonResponse\n": "from django.http import Http404, JsonResponse\n",
    "    order = await Order.objects.aget(number=number)\n": """\
    try:
        order = await Order.objects.aget(number=number)
    except Order.DoesNotExist:
        raise Http404 from None
""",
}
