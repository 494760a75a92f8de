"""Everything about customers that is not HTTP."""

import logging

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from accounts.models import ApiKey, Customer, CustomerProfile
from catalog.models import Store

logger = logging.getLogger(__name__)
User = get_user_model()


def store_for_key(public_key: str) -> Store | None:
    """The store an API key belongs to, or None for an unknown key."""
    try:
        key = ApiKey.objects.get(public_key=public_key, active=True)
    except ApiKey.DoesNotExist:
        logger.info("api_key.unknown", extra={"public_key": public_key})
        return None
    store = Store.objects.get(id=key.store_id)
    return store if store.is_open else None


def may_order_from(customer: Customer, store_id: int) -> bool:
    store = Store.objects.get_from_cache(id=store_id)
    return store.is_open and customer.user.is_active


def register_customer(username: str, email: str) -> Customer:
    with transaction.atomic():
        user = User.objects.create_user(username, email)
        customer = Customer.objects.create(user=user, email=email)
    return Customer.objects.select_related("user").get(pk=customer.pk)


def ensure_customer(user) -> Customer:
    """The customer of a user; two first requests at once must not make two of them."""
    try:
        with transaction.atomic():
            return Customer.objects.create(user=user, email=user.email)
    except IntegrityError:
        return Customer.objects.get(user=user)


def profile_of(customer: Customer) -> CustomerProfile:
    profile, _created = CustomerProfile.objects.get_or_create(customer=customer)
    return profile


def language_of(customer: Customer) -> str:
    profile = getattr(customer, "profile", None)
    return profile.language if profile is not None else "en"
