"""INSEE's wide tables of the census, typed by hand: their columns by theme, their archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from producers_layouts import line, lines

# What each theme has in every vintage of an edition; {0} is the vintage.
POPULATION = (
    "P{0}_POP", "P{0}_POP0014", "P{0}_POP1529", "P{0}_POP3044", "P{0}_POP4559", "P{0}_POP6074",
    "P{0}_POP7589", "P{0}_POP90P", "P{0}_POPH", "P{0}_H0014", "P{0}_H0019", "P{0}_H2064",
    "P{0}_H65P", "P{0}_POPF", "P{0}_F0014", "P{0}_F0019", "P{0}_F2064", "P{0}_F65P", "C{0}_POP15P",
)  # fmt: skip
FAMILIES = (
    "C{0}_MEN", "C{0}_MENPSEUL", "C{0}_MENHSEUL", "C{0}_MENFSEUL", "C{0}_MENSFAM", "C{0}_MENFAM",
    "C{0}_FAM", "C{0}_COUPAENF", "C{0}_FAMMONO", "C{0}_HMONO", "C{0}_FMONO", "C{0}_COUPSENF",
    "P{0}_POP1519", "P{0}_POP1519_PSEUL", "P{0}_POP2024_PSEUL", "P{0}_POP2539_PSEUL",
    "P{0}_POP4054_PSEUL", "P{0}_POP5564_PSEUL", "P{0}_POP6579_PSEUL", "P{0}_POP80P",
    "P{0}_POP80P_PSEUL",
)  # fmt: skip
HOUSING = (
    "P{0}_LOG", "P{0}_RP", "P{0}_RSECOCC", "P{0}_LOGVAC", "P{0}_MAISON", "P{0}_APPART", "P{0}_MEN",
    "P{0}_MEN_ANEM0002", "P{0}_MEN_ANEM0204", "P{0}_MEN_ANEM0509", "P{0}_MEN_ANEM10P", "P{0}_PMEN",
    "P{0}_RP_PROP", "P{0}_RP_LOC", "P{0}_RP_LOCHLMV", "P{0}_RP_GRAT", "P{0}_RP_VOIT1P",
)  # fmt: skip
JOBS = (
    "P{0}_POP1524", "P{0}_POP1564", "P{0}_ACT1564", "P{0}_ACTOCC1564", "P{0}_CHOM1564",
    "P{0}_EMPLT", "P{0}_EMPLT_SAL",
)  # fmt: skip
SCHOOLING = (
    "P{0}_POP0205", "P{0}_POP0610", "P{0}_POP1114", "P{0}_POP1517", "P{0}_POP1824",
    "P{0}_SCOL0205", "P{0}_SCOL0610", "P{0}_SCOL1114", "P{0}_SCOL1517", "P{0}_SCOL1824",
    "P{0}_NSCOL15P",
)  # fmt: skip
EVERY_THEME = POPULATION + FAMILIES + HOUSING + JOBS + SCHOOLING
# What is called otherwise in the newest vintage, in that five or six years before, and before that.
SINCE_2022 = (
    "C{0}_POP15P_STAT_GSEC32", "P{0}_RP_ACHTOT", "P{0}_RP_ACH1919", "P{0}_RP_ACH1945",
    "C{0}_RP_NORME", "C{0}_RP_SUROCC_MOD", "P{0}_NSCOL15P_DIPLMIN", "P{0}_NSCOL15P_BEPC",
    "P{0}_NSCOL15P_CAPBEP", "P{0}_NSCOL15P_BAC", "P{0}_NSCOL15P_SUP2", "P{0}_NSCOL15P_SUP34",
    "P{0}_NSCOL15P_SUP5",
)  # fmt: skip
UNTIL_2021 = (
    "C{0}_POP15P_CS7", "P{0}_RP_ACHTOT", "P{0}_RP_ACH19", "P{0}_RP_ACH45", "C{0}_RP_HSTU1P",
    "C{0}_RP_HSTU1P_SUROCC", *SINCE_2022[6:],
)  # fmt: skip
IN_2016 = (
    "P{0}_RP_ACHTOT", "P{0}_RP_ACH19", "P{0}_RP_ACH45", "P{0}_NSCOL15P_DIPLMIN",
    "P{0}_NSCOL15P_CAPBEP", "P{0}_NSCOL15P_BAC", "P{0}_NSCOL15P_SUP",
)  # fmt: skip
IN_2011 = (
    "P{0}_RP_ACHTT", "P{0}_RP_ACHT1", "P{0}_RP_ACHT2", "P{0}_NSCOL15P_DIPL0", "P{0}_NSCOL15P_CEP",
    "P{0}_NSCOL15P_BEPC", "P{0}_NSCOL15P_BACP2", "P{0}_NSCOL15P_SUP",
)  # fmt: skip
FILOSOFI = (
    "NBMENFISC21;NBPERSMENFISC21;MED21;PIMP21;TP6021;TP60AGE121;TP60AGE221;TP60AGE321;TP60AGE421;"
    "TP60AGE521;TP60AGE621;TP60TOL121;TP60TOL221;PACT21;PTSA21;PCHO21;PBEN21;PPEN21;PPAT21;PPSOC21;"
    "PPFAM21;PPMINI21;PPLOGT21;PIMPOT21;D121;D921;RD21"
)
CIVIL = "NAISD14;NAISD20;NAISD24;DECESD14;DECESD20;DECESD24"
HISTORY = "P06_POP;P06_LOG;P06_RP;D99_POP;D99_LOG;D68_POP"


def columns(names: Iterable[str], *vintages: str) -> str:
    """Return the columns of some vintages, the newest first."""
    return ";".join(name.format(vintage) for vintage in vintages for name in names)


def dossier_header(newest: str = "22", middle: str = "16", oldest: str = "11") -> str:
    """Return the header of a dossier complet, all themes side by side."""
    return ";".join(
        (
            "CODGEO",
            columns(EVERY_THEME, newest, middle, oldest),
            columns(SINCE_2022, newest),
            columns(IN_2016, middle),
            columns(IN_2011, oldest),
            HISTORY,
            FILOSOFI,
            CIVIL,
            "BPE_2024_C108;BPE_2024_D265;ETTOT23",
        )
    )


def table(header: str, rows: Mapping[str, Mapping[str, object]]) -> str:
    """Return a file of communes: the cells typed, the others blank."""
    return lines(header, *(line(header, {"CODGEO": code, **cells}) for code, cells in rows.items()))


def archive(**members: str) -> bytes:
    """Return a zip of files, their names written with __ for the dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in members.items():
            target.writestr(name.replace("__", "."), text.encode("utf-8"))
    return content.getvalue()


def dossier(rows: Mapping[str, Mapping[str, object]], header: str = "") -> bytes:
    """Return ``dossier_complet.zip`` with the two files that Insee puts in it."""
    header = header or dossier_header()
    meta = "COD_VAR;LIB_VAR;LIB_VAR_LONG;COD_MOD;LIB_MOD;TYPE_VAR;LONG_VAR;THEME;SOURCE\n"
    return archive(dossier_complet__csv=table(header, rows), meta_dossier_complet__csv=meta)


FILOSOFI_2 = (
    '"FILOSOFI_MEASURE";"GEO";"GEO_OBJECT";"UNIT_MEASURE";"CONF_STATUS";"OBS_STATUS";"UNIT_MULT";'
    '"TIME_PERIOD";"OBS_VALUE"'
)
INCOMES = (
    "S_EI_DI", "S_EI_DI_SAL", "S_EI_DI_UNE", "S_EI_DI_N_SAL", "S_RET_PEN_DI", "S_INC_ASS_DI",
    "S_SOC_BEN_DI", "S_SOC_BEN_DI_FAM_BEN", "S_SOC_BEN_DI_MIN_SOC", "S_SOC_BEN_DI_HOU_BEN",
    "S_DIR_TAX_DI",
)  # fmt: skip
DECILES = ("D1_SL", "D2_SL", "D3_SL", "D4_SL", "D6_SL", "D7_SL", "D8_SL", "D9_SL", "IR_D9_D1_SL")


def filosofi_2(*rows: str, year: str = "2023", stem: str = "DS_FILOSOFI_CC_2023") -> bytes:
    """Return the archive of Filosofi 2 from rows ``MEASURE GEO OBJECT VALUE [CONF]``."""
    told = [FILOSOFI_2]
    for row in rows:
        measure, area, kind, figure, *conf = row.split(" ")
        unit = "EUR_YR" if measure.startswith(("MED", "D")) else "PT"
        cells = (measure, area, kind, unit, *(conf or ["F"]), "A", "0", year, figure)
        told.append(";".join(f'"{cell}"' for cell in cells))
    names = {f"{stem}_data__csv": lines(*told)}
    return archive(**names, **{f"{stem}_metadata__csv": "COD_VAR;LIB_VAR\n"})
