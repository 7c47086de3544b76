"""A name server on loopback that answers real queries from a table tests may change."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


@dataclass
class Zone:
    """``records``: {("name.", "TXT"): [texts]}; names in ``broken`` get SERVFAIL."""

    port: int = 0
    records: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def txt(self, name: str, *texts: str) -> None:
        """Set the TXT records of ``name``."""
        self.records[f"{name}.", "TXT"] = [f'"{text}"' for text in texts]

    def a(self, name: str, address: str) -> None:
        """Set the address of ``name``."""
        self.records[f"{name}.", "A"] = [address]

    def answer(self, wire: bytes) -> bytes:
        """Answer one query as an authoritative server does."""
        query = dns.message.from_wire(wire)
        response = dns.message.make_response(query)
        response.flags |= dns.flags.AA | dns.flags.RA
        asked = query.question[0]
        name, kind = asked.name.to_text(), dns.rdatatype.to_text(asked.rdtype)
        if name in self.broken:
            response.set_rcode(dns.rcode.SERVFAIL)
        elif (name, kind) in self.records:
            values = self.records[name, kind]
            response.answer.append(dns.rrset.from_text_list(asked.name, 60, "IN", kind, values))
        elif not any(known == name for known, _ in self.records):
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response.to_wire()


@contextmanager
def serve() -> Iterator[Zone]:
    """Answer over UDP on a free port of loopback until the block ends."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        door.settimeout(0.1)
        zone, over = Zone(port=door.getsockname()[1]), threading.Event()

        def run() -> None:
            while not over.is_set():
                try:
                    wire, sender = door.recvfrom(4096)
                except TimeoutError:
                    continue
                door.sendto(zone.answer(wire), sender)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield zone
        finally:
            over.set()
            thread.join()
