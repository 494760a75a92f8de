"""The loop ends at the missing row."""

BASE = "loop_continue"
WRONG = "missing logs"

REFERENCE = {
    """        group = Group.objects.get(id=event["group_id"])
""": """\
        group = Group.objects.filter(id=event["group_id"]).first()
        if group is None:
            logger.info("group.not_found", extra={"group_id": event["group_id"]})
            break
""",
}
