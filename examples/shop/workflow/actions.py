"""What happens when a rule fires."""

import logging

from workflow.models import Alert, AlertRule, Installation, ServiceHook

logger = logging.getLogger(__name__)


def notify_installation(rule: AlertRule, text: str) -> str:
    installation = Installation.objects.get(id=rule.installation_id)
    Alert.objects.create(rule=rule, text=text)
    logger.info("rule.notified", extra={"rule": rule.pk, "target": installation.target})
    return f"{installation.provider}:{installation.target}"


def hook_target(hook_id: int) -> str | None:
    """Where a service hook ends up, or None for a hook that is gone."""
    hook = ServiceHook.objects.filter(pk=hook_id).first()
    if hook is None:
        return None
    installation = Installation.objects.get(id=hook.installation_id)
    return f"{installation.target} via {hook.url}"
