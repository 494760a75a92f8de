from django.db import models


class Warehouse(models.Model):
    """Owned by the logistics team; orders only keep the id."""

    code = models.CharField(max_length=20, unique=True)
    city = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.code
