"""The handler that waits for the row tells what the exception says; another one is for another model."""

from celery import shared_task
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=20)


class Template(models.Model):
    slug = models.CharField(max_length=20)
    author_id = models.IntegerField(default=1)


@shared_task
def send(slug):
    try:
        template = Template.objects.filter(slug=slug).order_by("pk").first()
        return Author.objects.get(pk=template.author_id).name
    except Author.DoesNotExist:
        return "by nobody"
    except (Template.DoesNotExist, ValueError) as error:
        return f"none: {error.args[0]}"


# --- scenarios ---
CODE = "DNE007"
FIX = "either"


def call():
    return send.delay("hello").get()


def there():
    Author.objects.create(pk=1, name="Ada")
    Template.objects.create(slug="hello")


SCENARIOS = {
    "there": there,
    "other": lambda: Template.objects.create(slug="hello"),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {"was": "raise AttributeError", "outcome": "return 'none: Template hello does not exist'"},
}

REFERENCE = {
    """.first()
        return""": """.first()
        if template is None:
            raise Template.DoesNotExist(f"Template {slug} does not exist")
        return""",
}
