from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from accounts.models import Customer
from orders.models import Order
from orders.services import line_titles, serialize_orders


async def order_status(request: HttpRequest, number: str) -> JsonResponse:
    order = await Order.objects.aget(number=number)
    return JsonResponse({"number": order.number, "status": order.status})


@login_required
def order_list(request: HttpRequest) -> JsonResponse:
    customer = get_object_or_404(Customer, user=request.user)
    orders = customer.orders.filter(warehouse_id__isnull=False).order_by("pk")
    return JsonResponse({"orders": serialize_orders(orders)})


@login_required
def reorder(request: HttpRequest, number: str) -> JsonResponse:
    order = get_object_or_404(Order, number=number, customer__user=request.user)
    return JsonResponse({"items": line_titles(order)})
