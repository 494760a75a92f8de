"""Decorators shared by the task modules."""

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

logger = logging.getLogger(__name__)


def skip_missing(func: Callable[..., Any]) -> Callable[..., Any]:
    """For tasks that have nothing to do once one of their rows has gone."""

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return func(*args, **kwargs)
        except ObjectDoesNotExist as exc:
            logger.info("task.skipped", extra={"task": func.__name__, "reason": str(exc)})
            return None

    return wrapper
