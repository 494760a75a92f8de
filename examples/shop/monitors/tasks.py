import logging

from celery import shared_task

from monitors.models import CheckIn, Environment, Monitor

logger = logging.getLogger(__name__)


@shared_task
def mark_missed(check_in_id: int) -> None:
    check_in = CheckIn.objects.select_related("monitor").get(id=check_in_id)
    check_in.status = CheckIn.Status.MISSED
    check_in.save(update_fields=["status"])
    logger.info("check_in.missed", extra={"monitor": check_in.monitor.slug})


@shared_task
def failures_by_environment(environment_ids: list[int]) -> dict[str, int]:
    failures = {}
    for environment_id in environment_ids:
        try:
            environment = Environment.objects.get(id=environment_id)
        except Environment.DoesNotExist:
            continue
        monitors = Monitor.objects.filter(environment_id=environment.pk)
        failed = CheckIn.objects.filter(monitor__in=monitors).exclude(status=CheckIn.Status.OK)
        failures[environment.name] = failed.count()
    return failures
