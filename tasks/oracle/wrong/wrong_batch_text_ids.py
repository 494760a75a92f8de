"""A map keyed by integers is asked for text."""

BASE = "loop_text_ids"
WRONG = "there logs"

REFERENCE = {
    """    for group_id in json.loads(message):
        group = Group.objects.get(pk=group_id)
""": """\
    group_ids = json.loads(message)
    groups = Group.objects.in_bulk(group_ids)
    for group_id in group_ids:
        group = groups.get(group_id)
        if group is None:
            logger.info("group.not_found", extra={"group_id": group_id})
            continue
""",
}
