from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from accounts.models import Customer
from accounts.services import language_of

User = get_user_model()


@login_required
def account_home(request: HttpRequest) -> JsonResponse:
    user = User.objects.prefetch_related("groups").get(pk=request.user.pk)
    groups = [group.name for group in user.groups.all()]
    return JsonResponse({"username": user.username, "groups": groups})


@login_required
def newsletter(request: HttpRequest) -> JsonResponse:
    customer = get_object_or_404(Customer, user=request.user)
    return JsonResponse(
        {"newsletter": customer.profile.newsletter, "language": language_of(customer)}
    )


@login_required
def acting_as(request: HttpRequest) -> JsonResponse:
    """Which customer a support agent currently acts for."""
    customer_id = request.session.get("acting_as")
    if customer_id is None:
        return JsonResponse({"customer": None})
    customer = Customer.objects.get(pk=customer_id)
    return JsonResponse({"customer": customer.email})
