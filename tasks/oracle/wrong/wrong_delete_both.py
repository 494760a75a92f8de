"""`filter().delete()` deletes both rows of a name."""

BASE = "delete_not_unique"
WRONG = "duplicates rows"

REFERENCE = {
    """Label.objects.get(name=name).delete()""": """\
Label.objects.filter(name=name).delete()""",
}
