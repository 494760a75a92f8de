import logging

from monitors.models import CheckIn, Incident, Monitor

logger = logging.getLogger(__name__)


def send_incident_occurrence(monitor: Monitor, failed: CheckIn) -> Incident:
    """Opens an incident for a failed check-in."""
    environment = monitor.get_environment()
    incident = Incident.objects.create(
        monitor=monitor, title=f"{monitor.slug} {failed.status} in {environment.name}"
    )
    logger.warning("monitor.incident", extra={"monitor": monitor.slug, "incident": incident.pk})
    return incident
