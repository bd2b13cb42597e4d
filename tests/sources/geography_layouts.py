"""INSEE's geography archives in their layouts, of rows typed in a test or of real ones.

The small France typed here had these changes: Deux joined Une in 2019, and took her independence
back with Quatre in 2025; Cinq, of another département and région, joined Trois in 2021, by a code
of Trois' département that lasted a day; Sept became part of Six in 2016, and Six took Sept's code
in 2020.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

CRLF = "\r\n"
COMMUNE = "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT"
COMER = "COM_COMER,TNCC,NCC,NCCENR,LIBELLE,NATURE_ZONAGE,COMER,LIBELLE_COMER"
DEPARTEMENT = "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE"
REGION = "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE"
MOVEMENT = (
    "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,"
    "TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP"
)
YEAR = "2026"
NO_EPCI = "ZZZZZZZZZ"

COMMUNES = (
    "COM,01001,84,01,01D,012,1,UNE,Une,Une,0108,",
    "COM,01002,84,01,01D,012,0,DEUX,Deux,Deux,0108,",
    "COM,01004,84,01,01D,012,0,QUATRE,Quatre,Quatre,0108,",
    "COMD,01003,,,,,0,TROIS,Trois,Trois,,01001",
    "COM,38003,84,38,38D,381,0,TROIS RIVES,Trois-Rives,Trois-Rives,3801,",
    "COM,38007,84,38,38D,381,0,SIX,Six,Six,3801,",
    "COM,2A004,94,2A,20R,2A1,1,AJACCIO,Ajaccio,Ajaccio,2A99,",
    "COM,2B033,94,2B,20R,2B2,0,BASTIA,Bastia,Bastia,2B99,",
    "COM,75056,11,75,75C,751,0,PARIS,Paris,Paris,7599,",
    "ARM,75101,11,75,75C,751,0,PARIS 1ER,Paris 1er,Paris 1er Arrondissement,,75056",
    "COM,97411,04,974,974D,9741,0,SAINT DENIS,Saint-Denis,Saint-Denis,97499,",
)
OVERSEAS = ("97701,0,SAINT BARTHELEMY,Saint-Barthélemy,Saint-Barthélemy,COM,977,Saint-Barthélemy",)
DEPARTEMENTS = (
    "01,84,01001,5,AIN,Ain,Ain",
    "38,84,38003,5,ISERE,Isère,Isère",
    "2A,94,2A004,3,CORSE DU SUD,Corse-du-Sud,Corse-du-Sud",
    "2B,94,2B033,3,HAUTE CORSE,Haute-Corse,Haute-Corse",
    "75,11,75056,0,PARIS,Paris,Paris",
    "974,04,97411,0,LA REUNION,La Réunion,La Réunion",
)
REGIONS = (
    "04,97411,0,LA REUNION,La Réunion,La Réunion",
    "11,75056,1,ILE DE FRANCE,Île-de-France,Île-de-France",
    "84,38003,1,AUVERGNE RHONE ALPES,Auvergne-Rhône-Alpes,Auvergne-Rhône-Alpes",
    "94,2A004,0,CORSE,Corse,Corse",
)


def movement(mod: str, day: str, before: str, after: str) -> str:
    """Return a row: each side is a type, a code and a name ("COM 01002 Deux")."""
    sides = []
    for side in (before, after):
        kind, code, name = side.split(" ", 2)
        sides.append(f"{kind},{code},0,{name.upper()},{name},{name}")
    return ",".join((mod, day, *sides))


EVENTS = (
    movement("21", "2025-01-01", "COM 01001 Une", "COM 01001 Une"),
    movement("21", "2025-01-01", "COM 01001 Une", "COM 01002 Deux"),
    movement("21", "2025-01-01", "COM 01001 Une", "COM 01004 Quatre"),
    movement("32", "2021-01-01", "COM 38003 Trois", "COM 38003 Trois-Rives"),
    movement("32", "2021-01-01", "COM 38005 Cinq", "COM 38003 Trois-Rives"),
    movement("41", "2021-01-01", "COM 73005 Cinq", "COM 38005 Cinq"),
    movement("50", "2020-01-01", "COM 38006 Six", "COM 38007 Six"),
    movement("32", "2019-01-01", "COM 01001 Une", "COM 01001 Une"),
    movement("32", "2019-01-01", "COM 01002 Deux", "COM 01001 Une"),
    movement("32", "2019-01-01", "COM 01003 Trois", "COM 01001 Une"),
    movement("32", "2019-01-01", "COM 01003 Trois", "COMD 01003 Trois"),
    movement("32", "2016-01-01", "COM 38006 Six", "COM 38006 Six"),
    movement("32", "2016-01-01", "COM 38007 Sept", "COM 38006 Six"),
)
MEMBERS = (
    ("01001", "Une", "200000001", "CC Une et Deux", "01", "84"),
    ("01002", "Deux", "200000001", "CC Une et Deux", "01", "84"),
    ("01004", "Quatre", NO_EPCI, "Sans objet", "01", "84"),
    ("38003", "Trois-Rives", "200000001", "CC Une et Deux", "38", "84"),
    ("38007", "Six", NO_EPCI, "Sans objet", "38", "84"),
    ("2A004", "Ajaccio", "242010056", "CA du Pays Ajaccien", "2A", "94"),
    ("2B033", "Bastia", "242000354", "CA de Bastia", "2B", "94"),
    ("75056", "Paris", "200054781", "Métropole du Grand Paris", "75", "11"),
    ("97411", "Saint-Denis", "249740119", "CA Intercommunale du Nord de la Réunion", "974", "04"),
)
EPCIS = tuple(
    {row[2]: (row[2], row[3], row[3][:2], 1) for row in MEMBERS if row[2] != NO_EPCI}.values()
)
PASSAGE = (  # NIVGEO, then codes from 2026 back to 2015, of the years that differ
    ("COM", "01001", "01001", "01001"),
    ("COM", "01002", "01001", "01002"),
    ("COM", "01004", "01001", "01003"),
    ("COM", "01001", "01001", "01003"),
    *(("COM", code, code, code) for code in ("2A004", "2B033", "75056", "97411")),
    ("COM", "38003", "38003", "38003"),
    ("COM", "38003", "38003", "73005"),
    ("COM", "38007", "38007", "38006"),
    ("COM", "38007", "38007", "38007"),
)
TITLE = ("Composition communale de l'intercommunalité au 1er janvier 2026",)


def write_cog(folder: Path, year: str = YEAR, **tables: Sequence[str]) -> Path:
    """Write the archive of the COG; `tables` replace those of the small France."""
    contents = {
        "commune": (COMMUNE, tables.get("commune", COMMUNES)),
        "commune_comer": (COMER, tables.get("commune_comer", OVERSEAS)),
        "departement": (DEPARTEMENT, tables.get("departement", DEPARTEMENTS)),
        "region": (REGION, tables.get("region", REGIONS)),
        "mvt_commune": (MOVEMENT, tables.get("mvt_commune", EVENTS)),
    }
    members = {
        f"v_{name}_{year}.csv": CRLF.join((header, *rows, "")).encode()
        for name, (header, rows) in contents.items()
    }
    return write_zip(folder / f"cog_ensemble_{year}_csv.zip", members)


def write_epci(
    folder: Path,
    year: str = YEAR,
    members: Sequence[Sequence[object]] = MEMBERS,
    epcis: Sequence[Sequence[object]] = EPCIS,
) -> Path:
    """Write the archive of the EPCI: two sheets whose header stands on the sixth row."""
    sheets = {
        "EPCI": [TITLE, *[("",)] * 4, ("EPCI", "LIBEPCI", "NATURE_EPCI", "NB_COM"), *epcis],
        "Composition_communale": [
            TITLE,
            *[("",)] * 4,
            ("CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"),
            *members,
        ],
    }
    book = workbook(sheets)
    path = folder / f"epci_au_01-01-{year}.zip"
    return write_zip(path, {f"EPCI_au_01-01-{year}.xlsx": book})


def write_passage(
    folder: Path,
    year: str = YEAR,
    rows: Sequence[Sequence[object]] = PASSAGE,
    years: Sequence[str] = (YEAR, "2024", "2015"),
) -> Path:
    """Write the archive of the passage table; splits and mergers are on other sheets."""
    header = ("NIVGEO", *(f"CODGEO_{y}" for y in years))
    listed = ("ANNEE_MODIF", "COM_INI", "COM_FIN", "LIB_COM_INI", "LIB_COM_FIN")
    sheets = {
        "COM": [("Table de passage annuelle",), *[("",)] * 4, header, *rows],
        "Liste des fusions": [("",)] * 5 + [listed],
        "Liste des scissions": [("",)] * 5 + [listed],
    }
    path = folder / f"table_passage_annuelle_{year}.zip"
    return write_zip(path, {f"table_passage_annuelle_{year}.xlsx": workbook(sheets)})


def write_small_france(folder: Path) -> Path:
    """Write the three archives of the small France."""
    write_cog(folder)
    write_epci(folder)
    write_passage(folder)
    return folder


def write_zip(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for position, row in enumerate(rows):
                sheet.write_row(position, 0, row)
    return stream.getvalue()
