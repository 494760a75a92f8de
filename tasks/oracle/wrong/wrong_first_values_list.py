"""A NULL value is taken for a missing row."""

BASE = "receiver_values_list"
WRONG = "there and NULL logs"

REFERENCE = {
    """    owner = Ticket.objects.values_list("owner", flat=True).get(pk=ticket_id)
""": """\
    owner = Ticket.objects.values_list("owner", flat=True).filter(pk=ticket_id).first()
    if owner is None:
        logger.info("ticket.not_found", extra={"ticket_id": ticket_id})
        return
""",
}
