from celery import shared_task

from shop.lookup import detector_of


@shared_task
def process(detector_id):
    detector_of(detector_id).save()
