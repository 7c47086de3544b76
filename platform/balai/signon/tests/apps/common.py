"""What both little apps need: names below localhost, a page, a server. No line of the product."""

import os
import socket
from collections.abc import Callable
from html import escape
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

BASE = os.environ["BALAI_BASE"]
PORT = int(os.environ["PORT"])
HOME = f"http://127.0.0.1:{PORT}/"
CLIENT_ID, SECRET = os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"]
SCOPE = "openid profile email"
SETTINGS = {
    "DEBUG": True, "SECRET_KEY": "only-for-a-test",
    "ALLOWED_HOSTS": ["*"], "ROOT_URLCONF": "__main__",
    "USE_TZ": True, "SESSION_COOKIE_NAME": f"app{PORT}",
    "MIDDLEWARE": ["django.contrib.sessions.middleware.SessionMiddleware"],
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
}  # fmt: skip
_resolve = socket.getaddrinfo


def _local(host: Any, *args: Any, **kwargs: Any) -> Any:
    """Resolve *.localhost as browsers do (RFC 6761); Python does not."""
    name = "127.0.0.1" if str(host).endswith(".localhost") else host
    return _resolve(name, *args, **kwargs)


def page(title: str, sub: str = "", name: str = "") -> str:
    """Return the app's only page: who is signed in, or the way to sign in."""
    if not sub:
        return f"<h1>{title}</h1><p>Belum masuk. <a href='/masuk'>Masuk</a></p>"
    told = f"<p id='name'>{escape(name)}</p><p id='sub'>{escape(sub)}</p>"
    return f"<h1>{title}</h1>{told}<p><a href='/keluar'>Keluar</a></p>"


def serve(application: Callable[..., Any]) -> None:
    """Serve until the process is ended."""

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: object) -> None:
            """Say nothing."""

    socket.getaddrinfo = _local
    make_server("127.0.0.1", PORT, application, handler_class=Quiet).serve_forever()
