"""Only a broad handler stands in the way: it reports an error for a row that is merely gone."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Order(models.Model):
    pushed = models.BooleanField(default=False)


@shared_task
def push(order_id):
    try:
        order = Order.objects.get(pk=order_id)
        order.pushed = True
        order.save()
    except Exception:
        logger.exception("order.push_failed", extra={"order_id": order_id})


# --- scenarios ---
CODE = "DNE205"
FIX = "either"


def call():
    return push.delay(7).get()


SCENARIOS = {
    "there": lambda: Order.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {"missing": {"was": "return None", "logs": ["INFO order.not_found order_id=7"]}}

REFERENCE = {
    "    except Exception:\n": """\
    except Order.DoesNotExist:
        logger.info("order.not_found", extra={"order_id": order_id})
    except Exception:
""",
}
