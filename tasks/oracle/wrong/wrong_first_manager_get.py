"""`filter().first()` goes around the `get()` of the manager: an inactive row is greeted."""

BASE = "manager_with_own_get"
WRONG = "there and inactive rows"

REFERENCE = {
    """    member = Member.objects.get(pk=member_id)
""": """\
    member = Member.objects.filter(pk=member_id).first()
    if member is None:
        logger.info("member.not_found", extra={"member_id": member_id})
        return
""",
}
