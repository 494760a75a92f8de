import uuid

from django.db import models


class Environment(models.Model):
    name = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.name


class Monitor(models.Model):
    """Watches a scheduled job (price import, nightly export) and expects it to check in."""

    guid = models.UUIDField(unique=True, default=uuid.uuid4)
    slug = models.SlugField(unique=True)
    environment_id = models.BigIntegerField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.slug

    def get_environment(self) -> Environment:
        return Environment.objects.get(id=self.environment_id)


class CheckIn(models.Model):
    class Status(models.TextChoices):
        OK = "ok"
        ERROR = "error"
        MISSED = "missed"

    monitor = models.ForeignKey(Monitor, on_delete=models.CASCADE, related_name="check_ins")
    status = models.CharField(max_length=10, choices=Status.choices)
    received_at = models.DateTimeField(auto_now_add=True)


class Incident(models.Model):
    monitor = models.ForeignKey(Monitor, on_delete=models.CASCADE, related_name="incidents")
    title = models.CharField(max_length=120)
