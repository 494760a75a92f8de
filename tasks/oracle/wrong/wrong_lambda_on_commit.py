"""A lambda reads its variable late: the last order is confirmed twice."""

BASE = "task_before_commit"
WRONG = "committed logs"

REFERENCE = {
    """confirm.delay(order.pk)""": """\
transaction.on_commit(lambda: confirm.delay(order.pk))""",
}
