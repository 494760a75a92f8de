from unittest import mock

from django.test import TestCase
from kombu import Connection

from monitors import services, tasks
from monitors.consumer import CheckInConsumer
from monitors.models import CheckIn, Environment, Incident, Monitor


class MonitorTests(TestCase):
    def setUp(self):
        self.environment = Environment.objects.create(name="production")
        self.monitor = Monitor.objects.create(slug="export", environment_id=self.environment.pk)

    def check_in(self, status):
        message = mock.Mock()
        consumer = CheckInConsumer(Connection("memory://"))
        consumer.on_check_in({"monitor_id": str(self.monitor.guid), "status": status}, message)
        message.ack.assert_called_once_with()

    def test_good_check_in(self):
        self.check_in("ok")
        self.assertEqual(CheckIn.objects.get().status, CheckIn.Status.OK)
        self.assertFalse(Incident.objects.exists())

    def test_failed_check_in(self):
        self.check_in("error")
        self.assertEqual(Incident.objects.get().title, "export error in production")

    def test_consumer_listens(self):
        consumer = CheckInConsumer(Connection("memory://"))
        factory = mock.Mock()
        self.assertEqual(consumer.get_consumers(factory, None), [factory.return_value])

    def test_mark_missed(self):
        self.check_in("ok")
        tasks.mark_missed.delay(CheckIn.objects.get().pk)
        self.assertEqual(CheckIn.objects.get().status, CheckIn.Status.MISSED)

    def test_failures_by_environment(self):
        self.check_in("error")
        ids = [self.environment.pk, self.environment.pk + 1]
        failures = tasks.failures_by_environment.delay(ids).get()
        self.assertEqual(failures, {"production": 1})

    def test_environment_name(self):
        self.assertEqual(services.environment_name(self.monitor), "production")
        everywhere = Monitor.objects.create(slug="import")
        self.assertEqual(services.environment_name(everywhere), "all environments")

    def test_delete_environment(self):
        services.delete_environment(self.environment.pk)
        self.assertFalse(Environment.objects.exists())
        self.assertEqual(services.environment_name(self.monitor), "deleted environment")
