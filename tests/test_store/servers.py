"""Real SPARQL servers on free ports of this machine, and a proxy that breaks connections."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

#: What Virtuoso needs: every path, port and limit that it has no default for.
VIRTUOSO_INI = """[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {folder}/v-temp.db
TransactionFile = {folder}/v-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 2000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
"""


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


def find_oxigraph() -> str | None:
    return shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


@contextlib.contextmanager
def run_oxigraph(folder: Path) -> Iterator[str]:
    """The address of a running ``oxigraph serve``."""
    base = f"127.0.0.1:{free_port()}"
    command = [str(find_oxigraph()), "serve", "--location", str(folder), "--bind", base]
    with _running(command, folder.parent):
        _wait_for(f"http://{base}/")
        yield f"http://{base}"


@contextlib.contextmanager
def run_virtuoso(folder: Path) -> Iterator[str]:
    """The address of a running Virtuoso whose user dba, password dba, may write."""
    folder.mkdir()
    http, sql = free_port(), free_port()
    (folder / "v.ini").write_text(VIRTUOSO_INI.format(folder=folder, http=http, sql=sql))
    with _running(["virtuoso-t", "-f", "-c", str(folder / "v.ini")], folder):
        _wait_for(f"http://127.0.0.1:{http}/sparql")
        yield f"http://127.0.0.1:{http}"


@contextlib.contextmanager
def _running(command: list[str], folder: Path) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _wait_for(url: str, patience: float = 60.0) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  # our own
            return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} does not answer")


class Proxy(ThreadingHTTPServer):
    """Passes requests on to ``upstream``, and breaks the connection of those whose number is in ``breaks``: before the request
    is passed on, or, for odd numbers, after it, when the answer is due. ``seen`` are the headers of all requests."""

    daemon_threads = True

    def __init__(self, upstream: str, breaks: set[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream, self.breaks, self.count = upstream, breaks, 0
        self.seen: list[dict[str, str]] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Proxy

    def _pass(self) -> None:
        with self.server.lock:
            number = self.server.count
            self.server.count += 1
            self.server.seen.append({**dict(self.headers.items()), "method": self.command})
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if number in self.server.breaks and number % 2 == 0:
            self._break()
            return
        headers = {k: v for k, v in self.headers.items() if k.lower() in ("content-type", "accept", "authorization")}
        request = urllib.request.Request(self.server.upstream + self.path, data or None, headers, method=self.command)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                status, kind, body = answer.status, answer.headers.get("Content-Type", "text/plain"), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                status, kind, body = error.code, "text/plain", error.read()
        if number in self.server.breaks:
            self._break()
            return
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = _pass  # the base class names them

    def _break(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def run_proxy(upstream: str, breaks: set[int] = frozenset()) -> Iterator[Proxy]:  # type: ignore[assignment]
    proxy = Proxy(upstream, set(breaks))
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()
