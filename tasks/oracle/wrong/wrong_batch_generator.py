"""Collecting the ids eats the generator: the loop never runs."""

BASE = "loop_generator"
WRONG = "there logs"

REFERENCE = {
    """    for group_id in ids:
        group = Group.objects.get(pk=group_id)
""": """\
    groups = Group.objects.in_bulk(list(ids))
    for group_id in ids:
        group = groups.get(group_id)
        if group is None:
            logger.info("group.not_found", extra={"group_id": group_id})
            continue
""",
}
