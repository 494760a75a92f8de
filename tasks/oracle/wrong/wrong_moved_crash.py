"""The lookup does not raise any more, the next line does."""

BASE = "skip_assigned"
WRONG = "missing outcome"

REFERENCE = {
    """Subscription.objects.get(id=subscription_id)""": """\
Subscription.objects.filter(id=subscription_id).first()""",
}
