from django.db import models


class Detector(models.Model):
    name = models.CharField(max_length=80)
    threshold = models.PositiveIntegerField(default=1)
    enabled = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Installation(models.Model):
    """A chat or pager integration that a customer installed."""

    provider = models.CharField(max_length=40)
    target = models.CharField(max_length=120)


class ServiceHook(models.Model):
    installation_id = models.BigIntegerField(db_index=True)
    url = models.URLField()


class AlertRule(models.Model):
    name = models.CharField(max_length=80)
    detector_id = models.BigIntegerField(null=True, db_index=True)
    installation_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.name


class Alert(models.Model):
    rule = models.ForeignKey(AlertRule, on_delete=models.CASCADE, related_name="alerts")
    text = models.CharField(max_length=200)
