"""Who comes to the site from outside."""

from urllib.parse import urljoin

import requests

from tests.conftest import PASSWORD
from tests.plain import read


class Visitor:
    """A browser without a script that keeps its cookies; `site` is where it asks."""

    def __init__(self, site: str, certificate: str | None = None) -> None:
        self.site, self.session = site, requests.Session()
        self.session.headers["Accept-Language"] = "zh-CN"
        self.session.verify = certificate or True
        self.session.trust_env = False  # a machine's own certificates would go before the one that is given

    def sign_in(self, login: str, password: str = PASSWORD) -> requests.Response:
        return self.session.post(f"{self.site}/sign-in", {"login": login, "password": password}, allow_redirects=False)

    def open(self, path: str) -> "Visitor":
        return self._came(self.session.get(urljoin(self.site, path), timeout=30))

    def press(self, do, *, files=(), **filled):
        form = next(one for one in self.page.forms if do in one.buttons)
        sent = {**form.values, **{name: [said] for name, said in filled.items()}, "do": [do]}
        parts = [("files", (name, content)) for name, content in files] or None
        how = {"headers": {"Origin": self.site}, "timeout": 30}
        return self._came(self.session.post(urljoin(self.site, form.action), sent, files=parts, **how))

    def _came(self, answer: requests.Response) -> "Visitor":
        answer.raise_for_status()
        self.answer, self.page = answer, read(answer.text)
        return self
