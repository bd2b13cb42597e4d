"""The live preview: serves a folder on this machine, rebuilds on each edit, reloads the browser.

The reloading script is added to the pages as they are served; the files stay as published.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from ctgsite.errors import Problem, PublicationError

_EVENTS = "/__apercu__"
_RELOADER = (
    f'<script>new EventSource("{_EVENTS}").onmessage = () => location.reload();</script></body>'
).encode()
_HEARTBEAT = 15.0  # seconds between two signs of life, by which a closed page is noticed


class Reloads:
    """Counts the rebuilds; whoever waits learns of the next one."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    @property
    def count(self) -> int:
        """How many rebuilds there were."""
        return self._count

    def announce(self) -> None:
        """Wake everybody who waits."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Return the count once it passed `seen`, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._count > seen, seconds)
            return self._count


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: object, reloads: Reloads, directory: str) -> None:
        self._reloads = reloads
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Serve a file, or the events that make the browser reload."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if self.path == _EVENTS:
            self._send_events()
        elif page.suffix == ".html" and page.is_file():
            self._send_page(page.read_bytes())
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Let no browser keep yesterday's page."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Keep the terminal for what was rebuilt."""

    def _send_page(self, content: bytes) -> None:
        content = content.replace(b"</body>", _RELOADER)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = self._reloads.count
        try:
            while True:
                count = self._reloads.wait(seen, _HEARTBEAT)
                self.wfile.write(b"data: relire\n\n" if count > seen else b": attente\n\n")
                self.wfile.flush()
                seen = count
        except OSError:
            return  # the reader left


@contextmanager
def serving(folder: Path, port: int, reloads: Reloads) -> Iterator[str]:
    """Serve `folder` on this machine only, and give its address.

    Raises:
        PublicationError: The port is taken.
    """
    handler = partial(_Handler, reloads=reloads, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        message = f"le port {port} est déjà pris : choisissez-en un autre avec --port"
        raise PublicationError(Problem(message)) from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def preview(
    folder: Path,
    watched: tuple[Path, ...],
    rebuild: Callable[[frozenset[Path]], None],
    *,
    port: int,
    started: Callable[[str], None],
    stop: threading.Event | None = None,
) -> None:
    """Serve `folder` and call `rebuild` with the files that changed, until interrupted.

    Args:
        folder: The published folder.
        watched: Files and folders whose edits matter; absent ones are left out.
        rebuild: Builds again and reports its own errors.
        port: The port, or 0 for any free one.
        started: Told the address once the server answers.
        stop: Ends the preview when set.
    """
    reloads = Reloads()
    present = [path for path in watched if path.exists()]
    with serving(folder, port, reloads) as address:
        started(address)
        for changes in watch(*present, stop_event=stop, raise_interrupt=False, debounce=200):
            rebuild(frozenset(Path(name) for _, name in changes))
            reloads.announce()
