"""A server on this machine that answers as producers' sites do, and fails as they do."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DAY = "Mon, 05 Jan 2026 08:00:00 GMT"


@dataclass
class Answer:
    """What is at an address: a file with its validators, or a fault for the first requests."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/octet-stream"
    etag: bool = True
    ranges: bool = True
    length: bool = True  # whether the answer tells its length
    cut: int | None = None  # bytes after which the connection is closed
    wait: float = 0.0  # seconds before the answer

    @property
    def tag(self) -> str:
        """The validator of the file."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@dataclass(frozen=True)
class Asked:
    """A request that the server received."""

    path: str
    headers: dict[str, str]
    at: float


class Site:
    """The answers at each address; where an address has several, one after the other."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[Asked] = []
        self.mirror = ""

    def put(self, address: str, *answers: Answer | bytes) -> None:
        """Say what is at `https://host/path`; the last answer stands for all that follow."""
        found = [item if isinstance(item, Answer) else Answer(item) for item in answers]
        self.answers[address.removeprefix("https:/")] = found

    def requests(self, address: str) -> list[Asked]:
        """Return what was asked of an address."""
        return [item for item in self.asked if item.path == address.removeprefix("https:/")]

    def answer(self, path: str) -> Answer:
        """Take the next answer at a path."""
        answers = self.answers.get(path)
        if answers is None:
            return Answer(b"introuvable", status=404, kind="text/plain")
        return answers.pop(0) if len(answers) > 1 else answers[0]


@contextmanager
def serving() -> Iterator[Site]:
    """Run a site on a free port."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    site.mirror = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(Asked(self.path, dict(self.headers), time.monotonic()))
            answer = site.answer(self.path)
            time.sleep(answer.wait)
            if answer.etag and self.headers.get("If-None-Match") == answer.tag:
                self._send(304, b"", answer, {})
                return
            start = self._start(answer)
            if start is None:
                self._send(answer.status, answer.body, answer, answer.headers)
            elif start >= len(answer.body):
                self._send(416, b"", answer, {"Content-Range": f"bytes */{len(answer.body)}"})
            else:
                last = len(answer.body) - 1
                told = {"Content-Range": f"bytes {start}-{last}/{len(answer.body)}"}
                self._send(206, answer.body[start:], answer, told)

        def _start(self, answer: Answer) -> int | None:
            """Where the rest that is asked for begins, None where all is to be sent."""
            wanted = self.headers.get("Range", "")
            same = self.headers.get("If-Range") in (answer.tag, DAY)
            if not wanted or not answer.ranges or not same:
                return None
            return int(wanted.removeprefix("bytes=").rstrip("-"))

        def _send(self, status: int, body: bytes, answer: Answer, headers: dict[str, str]) -> None:
            self.send_response(status)
            told = {"Content-Type": answer.kind, "Last-Modified": DAY, **headers}
            if answer.etag:
                told["ETag"] = answer.tag
            if answer.length:
                told["Content-Length"] = str(len(body))
            else:
                told["Connection"] = "close"
            for name, value in told.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body if answer.cut is None else body[: answer.cut])
            if answer.cut is not None or not answer.length:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    return Handler
