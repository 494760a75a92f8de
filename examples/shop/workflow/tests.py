from django.test import TestCase

from workflow import actions, detectors, tasks
from workflow.models import Alert, AlertRule, Detector, Installation, ServiceHook


class WorkflowTests(TestCase):
    def setUp(self):
        self.detector = Detector.objects.create(name="errors", threshold=10)
        self.installation = Installation.objects.create(provider="chat", target="#ops")
        self.rule = AlertRule.objects.create(
            name="tell ops", detector_id=self.detector.pk, installation_id=self.installation.pk
        )

    def event(self, value):
        return {"detector_id": self.detector.pk, "value": value}

    def test_process_workflow_event(self):
        self.assertTrue(tasks.process_workflow_event.delay(self.event(10)).get())
        self.assertFalse(tasks.process_workflow_event.delay(self.event(9)).get())

    def test_evaluate_event(self):
        self.assertEqual(tasks.evaluate_event.delay(self.event(9)).get(), 0)
        self.assertEqual(tasks.evaluate_event.delay(self.event(12)).get(), 1)
        self.assertEqual(Alert.objects.get().text, "errors: 12")

    def test_summarize_events(self):
        totals = tasks.summarize_events.delay([self.event(1), self.event(2)]).get()
        self.assertEqual(totals, {"errors": 3})

    def test_rename_rule(self):
        tasks.rename_rule.delay(self.rule.pk, "tell everyone")
        self.rule.refresh_from_db()
        self.assertEqual(str(self.rule), "tell everyone")

    def test_hook_target(self):
        hook = ServiceHook.objects.create(
            installation_id=self.installation.pk, url="https://example.org/hook"
        )
        self.assertEqual(actions.hook_target(hook.pk), "#ops via https://example.org/hook")
        self.assertIsNone(actions.hook_target(hook.pk + 1))

    def test_delete_detector(self):
        detectors.delete_detector(self.detector.pk)
        self.rule.refresh_from_db()
        self.assertIsNone(self.rule.detector_id)
