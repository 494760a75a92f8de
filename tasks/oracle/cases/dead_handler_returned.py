"""A getter returns the first row, and its handler, which never runs, a new one."""

from celery import shared_task
from django.db import models


class Settings(models.Model):
    title = models.CharField(max_length=20, default="untitled")

    @classmethod
    def load(cls):
        try:
            return cls.objects.first()
        except cls.DoesNotExist:
            return cls()


@shared_task
def title():
    return Settings.load().title


# --- scenarios ---
CODE = "DNE203,DNE007"
FIX = "either"
CONTAINS = "return Settings.load().title"


def call():
    return title.delay().get()


SCENARIOS = {
    "there": lambda: Settings.objects.create(title="Shop"),
    "missing": lambda: None,
}

EXPECT = {"missing": {"was": "raise AttributeError", "outcome": "return 'untitled'"}}

REFERENCE = {
    """        try:
            return cls.objects.first()
        except cls.DoesNotExist:
            return cls()
""": """        settings = cls.objects.first()
        if settings is None:
            return cls()
        return settings
""",
}
