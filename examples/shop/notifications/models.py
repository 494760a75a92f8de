from django.db import models


class MessageTemplate(models.Model):
    slug = models.SlugField(unique=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.slug


class Delivery(models.Model):
    template = models.ForeignKey(MessageTemplate, on_delete=models.PROTECT)
    context = models.JSONField(default=dict)
    sent = models.BooleanField(default=False)
