"""The other side of web push, written from the RFCs: a browser and its push service."""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import jwt
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def mac(key: bytes, data: bytes) -> bytes:
    made = hmac.HMAC(key, hashes.SHA256())
    made.update(data)
    return made.finalize()


class Browser:
    """A receiver: its keys, and the decryption of RFC 8291 section 3.4 with bare HMACs."""

    def __init__(self, private: str = "", auth: str = "") -> None:
        number = int.from_bytes(unb64(private), "big") if private else 0
        self.key = (
            ec.derive_private_key(number, CURVE) if number else ec.generate_private_key(CURVE)
        )
        self.auth = unb64(auth) if auth else os.urandom(16)

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def told(self, endpoint: str) -> dict[str, object]:
        """Return what ``PushSubscription.toJSON()`` gives."""
        return {"endpoint": endpoint, "expirationTime": None,
                "keys": {"p256dh": b64(self.public), "auth": b64(self.auth)}}  # fmt: skip

    def read(self, body: bytes) -> bytes:
        """Return the plain message; raises for one that was not for this browser."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender = body[21 : 21 + length]
        sealed = body[21 + length :]
        assert len(sealed) <= size
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        )
        info = b"WebPush: info\0" + self.public + sender
        ikm = mac(mac(self.auth, shared), info + b"\1")
        prk = mac(salt, ikm)
        key = mac(prk, b"Content-Encoding: aes128gcm\0\1")[:16]
        nonce = mac(prk, b"Content-Encoding: nonce\0\1")[:12]
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain.endswith(b"\2"), "the last record ends with 2"
        return plain[:-1]


class PushService:
    """Takes pushes, checks who sends them (RFC 8292), answers with ``status``."""

    def __init__(self) -> None:
        self.status = 201
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.refused: list[str] = []
        self.origin = ""

    def check(self, header: str) -> dict[str, object]:
        """Return the claims of a right Authorization header."""
        scheme, _, rest = header.partition(" ")
        assert scheme == "vapid"
        parts = dict(item.strip().split("=", 1) for item in rest.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unb64(parts["k"]))
        claims = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=self.origin)
        assert str(claims["sub"]).startswith(("mailto:", "https:"))
        return {**claims, "k": parts["k"]}


@contextmanager
def serving(service: PushService) -> Iterator[PushService]:
    """Run the push service on a loopback port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = service.status
            try:
                service.check(self.headers["Authorization"])
            except Exception as error:  # whatever is wrong with it
                service.refused.append(repr(error))
                status = 403
            else:
                service.taken.append((dict(self.headers), body))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    service.origin = f"http://127.0.0.1:{server.server_port}"
    runner = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    runner.start()
    try:
        yield service
    finally:
        server.shutdown()
        runner.join()
        server.server_close()
