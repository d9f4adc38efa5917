import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from retrieval.errors import FetchFailed
from retrieval.fetching import Fetcher, NetworkPolicy
from tests.retrieval.fetching.raw_server import OUTSIDE, network


def certificate(folder: Path, host: str) -> Path:
    """A file with a key and a certificate for `host`, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    private = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "certificate.pem"
    file.write_bytes(private + signed.public_bytes(form))
    return file


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[tuple[int, list[str | None], Path]]:
    """A server for https://outside.example, by its port; the names that it was asked for; its certificate."""
    names: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            names.append(self.headers["Host"])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<p>Hello")

        def log_message(self, *_: Any) -> None:
            pass

    file = certificate(tmp_path, "outside.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    server = ThreadingHTTPServer((OUTSIDE, 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server.server_address[1], names, file
    server.shutdown()
    server.server_close()


def fetcher(trusted: Path | None) -> Fetcher:
    plain = network()
    trust = ssl.create_default_context if trusted is None else lambda: ssl.create_default_context(cafile=trusted)
    return Fetcher("tests/1", network=NetworkPolicy(plain.resolve, plain.allowed, plain.port_allowed, trust), pause=0)


def test_the_name_and_not_the_address_is_what_the_server_and_its_certificate_are_asked_for(
    asked: tuple[int, list[str | None], Path],
) -> None:
    port, names, file = asked
    assert fetcher(file).fetch(f"https://outside.example:{port}/story").data == b"<p>Hello"
    assert names == ["outside.example", f"outside.example:{port}"] * 2  # once for robots.txt


@pytest.mark.parametrize(("host", "trusted"), [("other.example", True), (OUTSIDE, True), ("outside.example", False)])
def test_a_certificate_for_another_name_or_from_nobody_known_is_refused(
    host: str, trusted: bool, asked: tuple[int, list[str | None], Path]
) -> None:
    port, names, file = asked
    with pytest.raises(FetchFailed, match="can't show a valid certificate"):
        fetcher(file if trusted else None).fetch(f"https://{host}:{port}/story")
    assert f"{host}:{port}" not in names
