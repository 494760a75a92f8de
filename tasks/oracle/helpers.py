"""For the scenarios of a case: requests through the whole of Django, answered by the case's own urlpatterns."""

import json

from django.test import Client


def get(path):
    return Client(raise_request_exception=False).get(path)


def post(path, payload):
    client = Client(raise_request_exception=False)
    return client.post(path, json.dumps(payload), content_type="application/json")
