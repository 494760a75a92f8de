import json

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.models import Order


@csrf_exempt
@require_POST
def payment_succeeded(request):
    payload = json.loads(request.body)
    order = Order.objects.get(reference=payload["reference"])
    order.paid = True
    order.save(update_fields=["paid"])
    return HttpResponse(status=204)
