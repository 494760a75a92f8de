from celery import shared_task

from shop.models import Alert


@shared_task
def process(alert_id):
    alert = Alert.objects.filter(id=alert_id).first()
    if alert is None:
        return
    print(alert.detector.name)
