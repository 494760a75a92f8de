"""The lookup of an `elif` runs before the `if`: one query more, and a miss where there was none."""

BASE = "order_elif"
WRONG = "there queries"

REFERENCE = {
    """    if status == "ok":
""": """\
    monitor = Monitor.objects.filter(pk=monitor_id).first()
    if monitor is None:
        logger.info("monitor.not_found", extra={"monitor_id": monitor_id})
        return
    if status == "ok":
""",
    "Monitor.objects.get(pk=monitor_id).muted": "monitor.muted",
}
