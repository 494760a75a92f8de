from django.db import models


class Detector(models.Model):
    name = models.CharField(max_length=50)


class Alert(models.Model):
    detector = models.ForeignKey(Detector, on_delete=models.DO_NOTHING, db_constraint=False)
