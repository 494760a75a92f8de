"""`filter().delete()` does not call the `delete()` of the model."""

BASE = "delete_override"
WRONG = "there rows"

REFERENCE = {
    """Upload.objects.get(pk=upload_id).delete()""": """\
Upload.objects.filter(pk=upload_id).delete()""",
}
