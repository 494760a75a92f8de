"""A flat value that can be NULL: None does not mean that the row is missing."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Ticket(models.Model):
    owner = models.CharField(max_length=20, null=True)


@shared_task
def log_owner(ticket_id):
    owner = Ticket.objects.values_list("owner", flat=True).get(pk=ticket_id)
    logger.info("ticket.owner", extra={"owner": owner})


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return log_owner.delay(7).get()


SCENARIOS = {
    "there": lambda: Ticket.objects.create(pk=7, owner="ada"),
    "there and NULL": lambda: Ticket.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO ticket.not_found ticket_id=7"]}}

REFERENCE = {
    """    owner = Ticket.objects.values_list("owner", flat=True).get(pk=ticket_id)
""": """\
    try:
        owner = Ticket.objects.values_list("owner", flat=True).get(pk=ticket_id)
    except Ticket.DoesNotExist:
        logger.info("ticket.not_found", extra={"ticket_id": ticket_id})
        return
""",
}
