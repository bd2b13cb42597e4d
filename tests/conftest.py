"""What every test relies on: the producers' files where they are, and no network but loopback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from pytest_socket import enable_socket, socket_allow_hosts

from ctgsite.sources import plausibility

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("CTGSITE_DATA", ROOT.parent / "shared" / "data"))

# A machine that is busy is no failure, and CI tries the same examples each time.
settings.register_profile("ctgsite", deadline=None, derandomize="CI" in os.environ)
settings.register_profile(  # one failure is enough: the smallest is not looked for
    "mutants",
    deadline=None,
    derandomize=True,
    max_examples=8,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile(os.environ.get("CTGSITE_HYPOTHESIS", "ctgsite"))


@pytest.fixture(autouse=True)
def _no_network():
    """Let a test talk to nobody but this machine."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture(scope="session", autouse=True)
def _excerpts():
    """Let files of a few rows, typed in a test, stand for whole ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plausibility, "few_rows", lambda _source, _panels: ())
        yield


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """Return the folder of the producers' files; the test is skipped where it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"the producers' files are not at {DATA} (set CTGSITE_DATA)")
    return DATA
