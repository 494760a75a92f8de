from celery import shared_task

from shop.models import Detector


@shared_task
def process(detector_id):
    detector = Detector.objects.get(id=detector_id)
    detector.save()
