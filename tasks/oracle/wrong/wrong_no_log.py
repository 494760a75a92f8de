"""The row is skipped without a word."""

BASE = "skip_assigned"
WRONG = "missing logs"

REFERENCE = {
    """    subscription = Subscription.objects.get(id=subscription_id)
""": """\
    subscription = Subscription.objects.filter(id=subscription_id).first()
    if subscription is None:
        return
""",
}
