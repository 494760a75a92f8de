"""A receiver reads the parent that a nullable foreign key names: it is deleted before the row that the receiver is told of."""

from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver


class Album(models.Model):
    name = models.CharField(max_length=16)


class Picture(models.Model):
    album = models.ForeignKey(Album, null=True, on_delete=models.CASCADE)


def told(name):
    return name


@receiver(post_delete, sender=Picture)
def tell(sender, instance, **kwargs):
    told(instance.album.name)


# --- scenarios ---
CODE = "DNE004"
FIX = "safe"


def call():
    if Picture.objects.filter(pk=1).exists():
        Picture.objects.get(pk=1).delete()
    Album.objects.filter(name="leaves").delete()
    return "done"


SCENARIOS = {
    "alone": lambda: Picture.objects.create(pk=1, album=Album.objects.create(name="stays")),
    "together": lambda: Picture.objects.create(pk=2, album=Album.objects.create(name="leaves")),
    "nothing": lambda: None,
}

EXPECT = {"together": {"was": "raise Album.DoesNotExist", "outcome": "return 'done'", "logs": "any", "rows": {"Album": 0, "Picture": 0}}}

REFERENCE = {
    "    told(instance.album.name)\n": """\
    try:
        album = instance.album
    except Album.DoesNotExist:
        return
    told(album.name)
""",
}
