"""An officer at work over plain HTTP: signed in by password, with cookies and the CSRF token."""

import re
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

CSRF = "balai_csrf"
HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    """What a server said."""

    status: int
    body: str
    location: str = ""


@dataclass
class Officer:
    """One person's browser on one city: every request on a connection of its own.

    A connection a request reaches any of the web processes, as a crowd of phones does.
    """

    port: int
    host: str
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 30.0

    def sign_in(self, login: str, password: str) -> "Officer":
        """Sign in with a password; raises AssertionError when that fails."""
        page = self.get("/accounts/login/")
        token = HIDDEN.search(page.body)
        assert token is not None, page.status
        form = {"csrfmiddlewaretoken": token[1], "login": login, "password": password}
        answer = self.post("/accounts/login/", form)
        assert answer.status == 302, answer.body[:2000]
        assert "login" not in answer.location, answer.location
        return self

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path)

    def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        """Send a form with the CSRF token, redirects not followed."""
        told = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.cookies.get(CSRF, ""),
            **headers,
        }
        return self._ask("POST", path, urlencode(form), told)

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Host": self.host, "Cookie": kept, **(headers or {})}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)) as line:
            line.request(method, path, body, sent)
            answer = line.getresponse()
            self._keep(answer)
            location = answer.getheader("Location") or ""
            return Answer(answer.status, answer.read().decode("utf-8", "replace"), location)

    def _keep(self, answer: HTTPResponse) -> None:
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name.strip()] = rest.partition(";")[0]
