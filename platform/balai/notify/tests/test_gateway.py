"""The generic gateway, and what may be called at all."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from balai import outbound
from balai.notify.channels import HttpChannel, Outgoing, Undeliverable

MESSAGE = Outgoing(
    id="r_x-1", recipient="+6281234567890", sender="Kota", reply_to="", subject="",
    text='Kode "123"\nrahasia', html="", timeout=2,
)  # fmt: skip


@pytest.fixture
def gateway(settings):
    """Run a gateway; yield what it was asked and the status that it answers."""
    asked, answer = [], {"status": 200, "headers": {}}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # the library's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, dict(self.headers), body))
            self.send_response(answer["status"])
            for name, value in answer["headers"].items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    runner = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    runner.start()
    settings.GATEWAY_URL = f"http://127.0.0.1:{server.server_port}/send?v=1"
    settings.GATEWAY_HEADERS = '{"Authorization": "Bearer x"}'
    settings.GATEWAY_BODY = '{"to": "$to", "text": "$text", "ref": "$id"}'
    settings.OUTBOUND_TRUSTED = [f"127.0.0.1:{server.server_port}"]
    yield asked, answer
    server.shutdown()
    runner.join()
    server.server_close()


def test_a_message_becomes_the_gateway_s_own_json(gateway):
    asked, _ = gateway
    HttpChannel().deliver(MESSAGE)
    [(path, headers, body)] = asked
    assert path == "/send?v=1"
    assert headers["Authorization"] == "Bearer x"
    assert json.loads(body) == {"to": "+6281234567890", "text": MESSAGE.text, "ref": "r_x-1"}


@pytest.mark.parametrize(
    ("status", "error"), [(400, Undeliverable), (429, ConnectionError), (503, ConnectionError)]
)
def test_the_gateway_s_no_is_final_and_its_not_now_is_not(gateway, status, error):
    gateway[1]["status"] = status
    with pytest.raises(error):
        HttpChannel().deliver(MESSAGE)


def test_redirects_are_not_followed(gateway):
    gateway[1].update(status=302, headers={"Location": "http://127.0.0.1:1/"})
    with pytest.raises(Undeliverable):
        HttpChannel().deliver(MESSAGE)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/",
        "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[fc00::1]/",
        "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f.1/", "http://224.0.0.1/",
        "file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/", "http:///x",
        "http://user:secret@example.org/",
    ],
)  # fmt: skip
def test_our_own_network_is_never_called(url, settings):
    settings.OUTBOUND_TRUSTED = []
    with pytest.raises(OSError) as refusal:
        outbound.request("GET", url, headers={}, timeout=1)
    assert isinstance(refusal.value, outbound.Refused) or "Name or service" in str(refusal.value)


def test_an_endless_answer_is_cut_off(gateway, settings):
    with pytest.raises(outbound.Refused, match="too long"):
        outbound.request("POST", settings.GATEWAY_URL, headers={"Content-Length": "0"}, most=-2)
