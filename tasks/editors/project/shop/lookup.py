from shop.models import Detector


def detector_of(pk):
    return Detector.objects.get(id=pk)
