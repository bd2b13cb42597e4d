"""Asks producers' sites, each at the pace that it allows, and follows no redirect elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import resources
from urllib.parse import urljoin, urlsplit

import requests
import yaml
from requests.adapters import HTTPAdapter
from requests_ratelimiter import LimiterAdapter
from urllib3.util import Retry

from ctgsite.errors import Problem, SourceError

AGENT = "ctgsite (générateur de diagnostics territoriaux)"
TIMEOUTS = (10, 60)  # seconds: to connect, and between two bytes
REDIRECTS = 5
TRIES = 4
FAULTS = (429, 500, 502, 503, 504)
LONGEST_WAIT = 120  # seconds that a site may ask us to wait


class Client:
    """A session with the producers, or with a mirror of their sites.

    A mirror serves `https://host/path` at `<mirror>/host/path`: for networks that let nothing else
    through.
    """

    def __init__(self, mirror: str = "") -> None:
        self._mirror = mirror.rstrip("/")
        self._session = requests.Session()
        # Compressed answers could not be resumed, nor their size known.
        self._session.headers.update({"User-Agent": AGENT, "Accept-Encoding": "identity"})
        for host in ("", *paces()):
            self._session.mount(self.located(f"https://{host}"), _adapter(paces().get(host)))

    def located(self, address: str) -> str:
        """Return where an address is asked for: at its own site, or at the mirror."""
        return f"{self._mirror}/{address.removeprefix('https://')}" if self._mirror else address

    @contextmanager
    def get(
        self, address: str, headers: Mapping[str, str] | None = None, hosts: Collection[str] = ()
    ) -> Iterator[requests.Response]:
        """Give the answer to a request, whose body is not read yet.

        Args:
            address: at the producer's.
            headers: sent besides the session's own.
            hosts: to which the producer may redirect, besides its own.

        Raises:
            SourceError: no answer after several tries, an error, or a redirect elsewhere.
        """
        allowed = {urlsplit(address).hostname, *hosts}
        for _ in range(REDIRECTS):
            response = self._asked(address, headers or {})
            with response:
                if not response.is_redirect:
                    _check(response, address)
                    yield response
                    return
                target = urljoin(self.located(address), response.headers["location"])
            address = self._followed(address, target, allowed)
        raise SourceError(Problem(f"{address} : plus de {REDIRECTS} redirections"))

    def _asked(self, address: str, headers: Mapping[str, str]) -> requests.Response:
        try:
            return self._session.get(
                self.located(address),
                headers=dict(headers),
                stream=True,
                allow_redirects=False,
                timeout=TIMEOUTS,
            )
        except requests.RequestException as error:
            raise SourceError(Problem(f"{address} : {_reason(error)}")) from error

    def _followed(self, address: str, target: str, allowed: Collection[str | None]) -> str:
        """Return a redirect's target, where it may be followed."""
        if self._mirror and target.startswith(f"{self._mirror}/"):
            target = f"https://{target.removeprefix(f'{self._mirror}/')}"
        parts = urlsplit(target)
        if parts.scheme != "https" or parts.hostname not in allowed:
            message = (
                f"{address} : le site redirige vers {parts.scheme}://{parts.netloc}, que la "
                "description de la source ne connaît pas ; rien n’y est téléchargé"
            )
            raise SourceError(Problem(message))
        return target


@cache
def paces() -> Mapping[str, int]:
    """Return how many requests a minute each host allows, where it says so."""
    text = (resources.files("ctgsite.sources") / "descriptions" / "_hosts.yml").read_text("utf-8")
    return {host: int(rules["par_minute"]) for host, rules in yaml.safe_load(text).items()}


def _adapter(per_minute: int | None) -> HTTPAdapter:
    retries = Retry(
        total=TRIES,
        backoff_factor=0.5,
        status_forcelist=FAULTS,
        allowed_methods=("GET",),
        redirect=False,
        raise_on_status=False,
        retry_after_max=LONGEST_WAIT,
    )
    if per_minute is None:
        return HTTPAdapter(max_retries=retries)
    return LimiterAdapter(per_minute=per_minute, max_retries=retries)


def _check(response: requests.Response, address: str) -> None:
    """Raise where the answer is an error that no further try would change."""
    code = response.status_code
    if code < 400 or code == 416:
        return
    said = {
        404: "le fichier n’est plus à cette adresse : la description de la source est à revoir",
        410: "le fichier a été retiré par le producteur",
        429: "le site demande de ralentir : relancez la commande dans quelques minutes",
    }
    reason = said.get(code, "le site est en panne : relancez la commande plus tard")
    raise SourceError(Problem(f"{address} : {reason} (réponse {code})"))


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "le certificat du site n’est pas valable ; rien n’est téléchargé"
    if isinstance(error, requests.Timeout):
        return "le site ne répond pas"
    return "connexion impossible : vérifiez l’accès à internet, ou travaillez avec --offline"
