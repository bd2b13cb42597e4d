"""Where a dataset's files are at their producer's, and where a newer vintage is announced.

Declared in the dataset's description, as are its columns: a new address changes the YAML alone.
"""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, Field

from ctgsite.sources.expectations import Strict


def _secure(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"une adresse en https:// est attendue, « {address} » trouvé")
    return address


def _one_year(pattern: str) -> str:
    if re.compile(pattern).groups != 1:
        raise ValueError(f"un motif avec un seul groupe, l’année, est attendu : « {pattern} »")
    return pattern


Address = Annotated[str, AfterValidator(_secure)]


ANY_YEAR = "{aaaa}"  # stands for the year that a file carries


class Download(Strict):
    """One file; it is kept under the name by which the description knows it.

    An undated file, always at one address, has `{aaaa}` in that name: the year in which its site
    says that it was last modified.
    """

    address: Address = Field(alias="adresse")
    file: str = Field(default="", alias="fichier")  # where not the last part of the address
    limit: int = Field(default=100, alias="taille_max", gt=0)  # MB: a larger answer is refused
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")  # of an edition that is final
    hosts: tuple[str, ...] = Field(default=(), alias="hotes")  # others that may serve it

    @property
    def name(self) -> str:
        """The name under which the file is kept."""
        return self.file or unquote(urlsplit(self.address).path.rpartition("/")[2])


class Watch(Strict):
    """A page, or an answer of an API, in which `pattern` finds years of editions.

    The newest of them is the producer's latest; `page` is what a person should open.
    """

    address: Address = Field(alias="adresse")
    pattern: Annotated[str, AfterValidator(_one_year)] = Field(alias="motif")
    page: str = ""

    def newest(self, text: str) -> str | None:
        """The newest year that an answer names, None where it names none."""
        return max(re.findall(self.pattern, text), default=None)
