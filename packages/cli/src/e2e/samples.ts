/** For tests: a small program with one lookup that dies in a task. */
export const MODELS = `from django.db import models


class Detector(models.Model):
    name = models.CharField(max_length=50)
`;

export const TASK_HEAD = `from celery import shared_task

from shop.models import Detector
`;

export const TASK_BODY = `

@shared_task
def process(detector_id):
    detector = Detector.objects.get(id=detector_id)
    detector.save()
`;

export const TASK = TASK_HEAD + TASK_BODY;

export const SHOP = {
  'manage.py': '',
  'shop/__init__.py': '',
  'shop/models.py': MODELS,
} as const;
