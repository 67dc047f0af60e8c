"""Two processes behind a real nginx with the file of `deploy/`, over TLS: who stays with whom, what is shut."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from serving.headers import CONSTANT
from tests import serving
from tests.house import HOME
from tests.nginx import serving_site
from tests.server.wire import PATIENCE, XSRF, Answer, ask, rerun, run

NAME = "monitor.example.ac.jp"
SECRETS = {"STREAMLIT_SERVER_COOKIE_SECRET": token_hex(32)}  # the same of all processes
FILE = (HOME / "deploy" / "nginx.conf").read_text("utf-8")
FROM = ("127.0.0.1", "127.0.1.1", "127.0.2.1", "127.0.3.1", "127.0.4.1")  # ip_hash looks at the first three numbers


class Proxy(NamedTuple):
    """A running nginx, the processes behind it, and the log of who was sent where."""

    port: int
    plain_port: int
    processes: tuple[serving.Server, serving.Server]
    log: Path

    def get(self, path: str, source: str = FROM[0], method: str = "GET", name: str = NAME, **headers: str) -> Answer:
        """What is answered to somebody at this address of loopback."""
        connection = http.client.HTTPSConnection(NAME, timeout=PATIENCE)
        connection.sock = self._socket(source, name)
        try:
            connection.request(method, path, headers={"Host": name, **headers})
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    @contextmanager
    def tab(self, source: str = FROM[0]) -> Iterator[ClientConnection]:
        with connect(
            f"wss://{NAME}/_stcore/stream",
            sock=socket.create_connection(("127.0.0.1", self.port), PATIENCE, (source, 0)),
            ssl=_trusting(),
            server_hostname=NAME,
            origin=Origin(f"https://{NAME}"),
            subprotocols=[Subprotocol("streamlit"), Subprotocol(XSRF)],
            additional_headers={"Cookie": f"_streamlit_xsrf={XSRF}"},
            max_size=None,
            proxy=None,
            open_timeout=PATIENCE,
        ) as connection:
            yield connection

    def sent_to(self, source: str) -> set[int]:
        """The ports to which requests from an address went."""
        lines = [line for line in self.log.read_text().splitlines() if line.startswith(f"{source} ")]
        return {int(port) for line in lines for port in re.findall(r":(\d+)", line)}

    def _socket(self, source: str, name: str) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), PATIENCE, (source, 0))
        return _trusting().wrap_socket(plain, server_hostname=name)


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the certificate is the test's own
    return context


@pytest.fixture(scope="module")
def proxy(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("proxy")
    database = shutil.copy(demonstration_file, folder / "monitor.db")
    environment = {"MONITOR_HOSTS": NAME, "MONITOR_TLS": "yes", **SECRETS}
    with ExitStack() as running:
        processes = []
        for number in range(2):
            (folder / str(number)).mkdir()
            one = serving.monitor(f"sqlite:///{database}", folder / str(number), environment)
            processes.append(running.enter_context(one))
        yield running.enter_context(nginx(folder, (processes[0], processes[1])))


@contextmanager
def nginx(folder: Path, processes: tuple[serving.Server, serving.Server]) -> Iterator[Proxy]:
    """nginx with the file of `deploy/`, but for its ports and its certificate."""
    certificate, key = folder / "monitor.pem", folder / "monitor.key"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}"]
    subprocess.run([*make, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    tls, plain, log = serving.free_port(), serving.free_port(), folder / "sent.log"
    ports = [server.address.rpartition(":")[2] for server in processes]
    file = re.sub(r"listen 443\b", f"listen {tls}", FILE)
    file = re.sub(r"listen 80\b", f"listen {plain}", file)
    file = file.replace(":8501", f":{ports[0]}").replace(":8502", f":{ports[1]}")
    file = file.replace("/etc/ssl/monitor.pem", str(certificate)).replace("/etc/ssl/monitor.key", str(key))
    logs = f"log_format sent '$remote_addr $upstream_addr'; access_log {log} sent;"
    with serving_site(folder, file, tls, logs):
        yield Proxy(tls, plain, processes, log)


def pages(connection: ClientConnection) -> bytes:
    messages, raw = run(connection, rerun("", "language=en"))
    assert any(message.WhichOneof("type") == "delta" for message in messages)
    return raw


def test_readers_are_spread_over_the_processes_and_each_stays_with_one(proxy: Proxy) -> None:
    for source in FROM:
        with proxy.tab(source) as connection:
            assert pages(connection)
        for path in ("/", "/_stcore/health", "/app/static/topojson/world_50m.json"):
            assert proxy.get(path, source).status == 200
    sent = {source: proxy.sent_to(source) for source in FROM}
    assert all(len(ports) == 1 for ports in sent.values()), sent
    assert len(set.union(*sent.values())) == 2, sent


def test_an_upload_and_a_file_to_take_along_go_the_readers_own_way(proxy: Proxy) -> None:
    with proxy.tab() as connection:
        messages, _ = run(connection, rerun("records", "language=en"))
        elements = [message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"]
        links = [element.link_button.url for element in elements]
        (link, *_) = [link for link in links if "/export/" in link]
        taken = proxy.get(link)
        assert taken.status == 200
        assert len(taken.body) > 1_000
        address = _upload_address(connection)
        body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n1,2\r\n--x--\r\n'
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": f"_streamlit_xsrf={XSRF}"}
        connection_of = http.client.HTTPSConnection(NAME, timeout=PATIENCE)
        connection_of.sock = proxy._socket(FROM[0], NAME)
        connection_of.request("PUT", address, body, {"Host": NAME, "X-Xsrftoken": XSRF, **headers})
        assert connection_of.getresponse().status == 204
        connection_of.close()


def _upload_address(connection: ClientConnection) -> str:
    """Where a file is to be sent, as the page's own field of files asks for it."""
    message = BackMsg()
    message.file_urls_request.request_id = "one"
    message.file_urls_request.file_names.append("a.csv")
    connection.send(message.SerializeToString())
    while True:
        came = connection.recv(timeout=PATIENCE)
        assert isinstance(came, bytes)
        answer = ForwardMsg.FromString(came)
        if answer.WhichOneof("type") == "file_urls_response":
            return str(answer.file_urls_response.file_urls[0].upload_url)


def test_doors_of_the_server_are_shut_and_readiness_is_for_this_machine(proxy: Proxy) -> None:
    assert proxy.get("/ready").status == 200
    assert proxy.get("/ready", FROM[1]).status == 403
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json"):
        assert proxy.get(path).status == 403
    assert proxy.get("/live", FROM[1]).status == 200


def test_every_header_comes_once_and_browsers_are_told_to_stay_with_tls(proxy: Proxy) -> None:
    answer = proxy.get("/")
    assert {name: answer.headers.get(name) for name in CONSTANT} == CONSTANT
    assert "max-age" in answer.headers["strict-transport-security"]
    assert answer.headers["server"] == "nginx"  # and no version
    raw = http.client.HTTPSConnection(NAME, timeout=PATIENCE)
    raw.sock = proxy._socket(FROM[0], NAME)
    raw.request("GET", "/", headers={"Host": NAME})
    names = [name.lower() for name, _ in raw.getresponse().getheaders()]
    raw.close()
    assert sorted(set(names)) == sorted(names)


def test_another_name_is_answered_neither_by_nginx_nor_by_a_process(proxy: Proxy) -> None:
    with pytest.raises(ssl.SSLError):
        proxy.get("/", name="evil.example")
    with pytest.raises(http.client.RemoteDisconnected):
        ask(f"http://127.0.0.1:{proxy.plain_port}", "/", host="evil.example")
    assert ask(proxy.processes[0].address, "/", host="evil.example").status == 400


def test_whoever_comes_without_tls_is_sent_to_it(proxy: Proxy) -> None:
    answer = ask(f"http://127.0.0.1:{proxy.plain_port}", "/targets?year=2025", host=NAME)
    assert (answer.status, answer.headers["location"]) == (308, f"https://{NAME}/targets?year=2025")


def test_when_a_process_dies_its_readers_go_on_with_the_other_one(proxy: Proxy) -> None:
    """The last test: one process is gone afterwards."""
    with proxy.tab() as connection:
        pages(connection)
        (mine,) = proxy.sent_to(FROM[0])
        (dead,) = [server for server in proxy.processes if server.address.endswith(f":{mine}")]
        os.kill(dead.process_id, signal.SIGKILL)
    with proxy.tab() as connection:
        assert pages(connection)
    assert proxy.get("/").status == 200
    assert len(proxy.sent_to(FROM[0])) == 2
