"""A JSON client for the services around the shop."""

import json
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen


class JsonClient:
    def __init__(self, base_url: str, timeout: float = 5.0) -> None:
        self.base_url = base_url.rstrip("/")
        self.timeout = timeout

    def get(self, path: str, params: dict[str, Any] | None = None) -> Any:
        query = f"?{urlencode(params)}" if params else ""
        with urlopen(f"{self.base_url}{path}{query}", timeout=self.timeout) as response:
            return json.load(response)

    def post(self, path: str, payload: dict[str, Any]) -> Any:
        request = Request(
            f"{self.base_url}{path}",
            data=json.dumps(payload).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=self.timeout) as response:
            return json.load(response)
