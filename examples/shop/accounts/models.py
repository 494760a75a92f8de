from django.conf import settings
from django.db import models


class Customer(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    email = models.EmailField(unique=True)

    def __str__(self) -> str:
        return self.email


class CustomerProfile(models.Model):
    """Written when a customer first opens the settings page."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="profile")
    newsletter = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="en")


class ApiKey(models.Model):
    """Key of an external storefront. Stores are closed by another team, keys are revoked later."""

    public_key = models.CharField(max_length=32, unique=True)
    store_id = models.BigIntegerField(db_index=True)
    active = models.BooleanField(default=True)
