"""What spreadsheets do to files: numbers turned into texts or dates, codes without their zero.

Each is recognised and told in French, with what to write instead; nothing is guessed.
"""

from __future__ import annotations

import io
import re
from zipfile import is_zipfile

WORKBOOK_NAMES = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
YEAR = re.compile(r"(?:19|20)\d{2}")

_NUMBER = re.compile(r"[-−]?(?:\d+|\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+)(?:[.,]\d+)?")
_UNSURE = re.compile(r"[-−]?[1-9]\d{0,2}(?P<mark>[.,])\d{3}")
_PERCENT = re.compile(r"(.*\d)\s*%")
_MONTHS = "janv|févr|fevr|mars|avr|mai|juin|juil|août|aout|sept|oct|nov|déc|dec|jan|feb|apr|may|aug"
_DATES = (
    re.compile(rf"\d{{1,2}}[-/. ](?:{_MONTHS})[a-zé]*\.?(?:[-/. ]\d{{2,4}})?", re.IGNORECASE),
    re.compile(rf"(?:{_MONTHS})[a-zé]*\.?[-/. ]\d{{1,4}}", re.IGNORECASE),
    re.compile(r"\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?"),
    re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]00:00(?::00)?)?"),
)
_ERRORS = re.compile(r"#[A-ZÉ0-9/]+[!?]?")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)


def workbook_told(content: bytes) -> str:
    """Return what a content that should be text is, where it is a workbook; "" elsewhere."""
    if not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return ""
    spreadsheet = b"xl/" in content or b"opendocument.spreadsheet" in content[:200]
    archive = not spreadsheet and is_zipfile(io.BytesIO(content))
    return "une archive" if archive else "un classeur"


def not_csv(what: str) -> str:
    """Say that a file is a workbook, and how to make a CSV file of it."""
    return (
        f"c’est {what}, un fichier CSV est attendu : dans votre tableur, « Enregistrer sous », "
        "puis « CSV UTF-8 »"
    )


def number_fault(text: str) -> str:
    """Say why a cell is no number, and what to write; "" where it is one."""
    shown = f"« {text[:30]} »"
    if _UNSURE.fullmatch(text):
        whole = re.sub(r"[.,]", "", text)
        return (
            f"{shown} se lit de deux façons : écrivez {whole} sans séparateur de milliers, ou "
            f"{text.rstrip('0') if text.endswith('0') else text + '0'} s’il a des décimales"
        )
    if _NUMBER.fullmatch(text):
        return ""
    if percent := _PERCENT.fullmatch(text):
        return f"{shown} est un texte : écrivez {percent[1].strip()} sans le signe %"
    return f"{shown} {_nature(text)}"


def _nature(text: str) -> str:
    if any(pattern.fullmatch(text) for pattern in _DATES):
        return (
            "est une date : un tableur a sans doute lu ainsi un nombre à virgule ; reprenez le "
            "fichier d’origine, avec ces colonnes au format « Texte » ou « Nombre »"
        )
    if _ERRORS.fullmatch(text):
        return "est une erreur de votre tableur : attendu un nombre, ou une case vide"
    if _SCIENTIFIC.fullmatch(text):
        return "a été abrégé par un tableur : attendu un nombre avec tous ses chiffres"
    return "n’est pas un nombre"


def number_of(text: str) -> float:
    """Return the number that a cell without a fault writes."""
    plain = re.sub(r"[ \u00a0\u202f\u2009]", "", text).replace("−", "-").replace(",", ".")
    return float(plain)


def lost_decimal(value: float, most: float | None) -> bool:
    """Whether a number beyond its range would be within it, had it kept its decimal mark."""
    return most is not None and value > most and any(value / ten <= most for ten in (10, 100))


def restored(code: str) -> str:
    """Return a commune's code with the zero that a spreadsheet took from it, "" if it took none."""
    return f"0{code}" if len(code) == 4 and code.isascii() and code.isdigit() else ""
