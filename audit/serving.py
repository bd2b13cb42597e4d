"""A server on this machine that sends a folder as ordinary hosts do: compressed, and cacheable."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_TEXTS = {".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".xml"}
# As the guide tells hosts: a name that holds a fingerprint never stands for other content.
_FIXED = re.compile(r"\.[0-9a-f]{8,10}\.")


def weight(path: Path) -> int:
    """Return the bytes that a file takes on its way to a reader."""
    content = path.read_bytes()
    return len(gzip.compress(content, 6)) if path.suffix in _TEXTS else len(content)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port, and give its address."""

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if not path.is_file():
                self.send_error(404)
                return
            content = path.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(path)))
            if path.suffix in _TEXTS and "gzip" in self.headers.get("Accept-Encoding", ""):
                content = gzip.compress(content, 6)
                self.send_header("Content-Encoding", "gzip")
            age = "31536000, immutable" if _FIXED.search(path.name) else "0, must-revalidate"
            self.send_header("Cache-Control", f"public, max-age={age}")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
