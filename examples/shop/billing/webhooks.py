import json

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing.models import Invoice


@csrf_exempt
@require_POST
def payment_received(request: HttpRequest) -> JsonResponse:
    """The payment provider reports a payment, sometimes days after the order was cancelled."""
    payload = json.loads(request.body)
    invoice = Invoice.objects.get(pk=payload["invoice_id"])
    invoice.paid = True
    invoice.save(update_fields=["paid"])
    return JsonResponse({"paid": True, "note": payload.get("note", "")})
