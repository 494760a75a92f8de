import logging

from monitors.models import Environment, Monitor

logger = logging.getLogger(__name__)


def environment_name(monitor: Monitor) -> str:
    if monitor.environment_id is None:
        return "all environments"
    try:
        return monitor.get_environment().name
    except Environment.DoesNotExist:
        return "deleted environment"


def delete_environment(environment_id: int) -> None:
    Environment.objects.filter(id=environment_id).delete()
    logger.info("environment.deleted", extra={"environment_id": environment_id})
