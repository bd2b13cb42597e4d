"""The producers' own header lines, and lines to put under them."""

from __future__ import annotations

from collections.abc import Mapping

BOM = "\ufeff"
CRLF = "\r\n"

RPLS = (
    "DEPCOM_ARM,LIBCOM_DEP,LIBCOM,nb_loues,nb_vacants,nb_vides,nb_asso,nb_occup_finan,"
    "nb_occup_temp,nb_ls"
)
RPLS_NAME = "export_parc_logements_sociaux_jan_2024.csv"
_FILO = (
    "CODGEO;LIBGEO;NBMEN{0};NBPERS{0};NBUC{0};Q1{0};Q2{0};Q3{0};Q3_Q1;D1{0};D2{0};D3{0};D4{0};"
    "D6{0};D7{0};D8{0};D9{0};RD;S80S20{0};GI{0};{1};PBEN{0};PPEN{0};PPAT{0};PPSOC{0};"
    "PPFAM{0};PPMINI{0};PPLOGT{0};PIMPOT{0}"
)
FILO_2014 = _FILO.format("14", "PTSAC14")
FILO_2016 = _FILO.format("16", "PACT16;PTSA16;PCHO16")
FILO_2018 = _FILO.format("18", "PACT18;PTSA18;PCHO18")
CC_FILOSOFI_2021 = (
    "CODGEO;NBMENFISC21;NBPERSMENFISC21;MED21;PIMP21;TP6021;TP60AGE121;TP60AGE221;TP60AGE321;"
    "TP60AGE421;TP60AGE521;TP60AGE621;TP60TOL121;TP60TOL221;PACT21;PTSA21;PCHO21;PBEN21;PPEN21;"
    "PPAT21;PPSOC21;PPFAM21;PPMINI21;PPLOGT21;PIMPOT21;D121;D921;RD21"
)
_CAF = (
    "NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5;ENF_6_10;ENF_11_14;ENF_15_17;"
    "ENF_18_24;A_ETUD;A_NETUD_24;AAL;AAPL;AAAH;APPA;ARSAS"
)
CAF_2016 = f"CODGEO;LIBGEO;DEPCOM;LIBCOM;EPCI;REG;{_CAF};APRES50;APRES100"
CAF_2020 = f"CODGEO;{_CAF}"
COMPARATEUR = (
    "CODGEO;P18_POP;P13_POP;SUPERF;NAIS1318;DECE1318;P18_MEN;NAISD20;DECESD20;P18_LOG;P18_RP;"
    "P18_RSECOCC;P18_LOGVAC;P18_RP_PROP;NBMENFISC19;PIMP19;MED19;TP6019;P18_EMPLT;P18_EMPLT_SAL;"
    "P13_EMPLT;P18_POP1564;P18_CHOM1564;P18_ACT1564;ETTOT18;ETAZ18;ETBE18;ETFZ18;ETGU18;ETGZ18;"
    "ETOQ18;ETTEF118;ETTEFP1018"
)
POPULATIONS = (
    "objectid,reg,dep,cv,codgeo,libgeo,p13_pop,p14_pop,p15_pop,p16_pop,p17_pop,p18_pop,p19_pop,"
    "p20_pop,p21_pop"
)
ASSOCIATIONS = (
    "CODGEO,nb_assos,nb_environnement,nb_culture,nb_social,nb_sport,nb_sante,nb_auto,pop,"
    "densite_assos_1000hab,densite_environnement_1000hab,densite_culture_1000hab,"
    "densite_social_1000hab,densite_sport_1000hab"
)
QPV_2021 = (
    "CODGEO;LIBGEO;POP_MUN;POP_COM_QP;POP_COM;LIB_COM;TX_F;TX_TOT_0A24;TX_F_0A24;TX_TOT_60ETPLUS;"
    "TX_F_60ETPLUS;IND_JEUNE;TX_TOT_MEN1;TX_TOT_MEN6;TX_TOT_ET;TX_F_ET;NOTE_RP" + ";" * 120
)
TXCOUV = ",codgeo,taux_accueil_collectif,taux_accueil_individuel,taux_accueil_total,annee"
MORTALITE = "codgeo;libgeo;an;tx_morta"
CAF_BENEFITS = (
    "dtreffre;numcomdo;nomcom;indfoy_ndur;indnbp_ndur;indfoy_ndurpaje;indfoy_ab;indfoy_cmg;"
    "indfoy_af;indfoy_cf;indfoy_asf;indfoy_ndural;indfoy_apl;indfoy_als;indfoy_alf;indfoy_rsa;"
    "indfoy_ppa"
)
CAF_BENEFITS_DEPARTEMENT = (
    "dtreffre;numdep;nomdep;numregi;nomregi;indfoy_ndur;indnbp_ndur;indfoy_ndural;indfoy_rsa;"
    "indfoy_ppa;indfoy_aah;indben_aah"
)
CAF_RSA = "dtreffre;numcomdo;nomcom;rsa_type;indfoy_rsa;indnbp_rsa"
CAF_QF = "dtreffre;numcomdo;nomcom;qf_400;indfoy_ndur;indnbp_ndur"

IPS_SCHOOLS = (
    "rentree_scolaire;region_academique;academie;code_du_departement;departement;"
    "code_insee_de_la_commune;nom_de_la_commune;uai;nom_de_l_etablissement;secteur;effectifs;ips"
)

FRANCE_SERVICES = (
    "id_fs;lib_fs;adresse;complement_adresse;code_postal;lib_com;insee_com;insee_dep;format_fs;"
    "itinerance;h_lundi;telephone;mail;commentaire;latitude;longitude"
)
QPV_LIST = (
    "code_qp;lib_qp;insee_reg;lib_reg;insee_dep;lib_dep;insee_com;lib_com;siren_epci;lib_epci;;;"
)
FRR = ("Code_insee", "Departement", "Commune", "Classement FRR et FRR+ au 10 juillet 2025")
PRECARITE = (
    "ID;Niveau géographique;NOM;Revenu médian (Insee FiLoSoFi 2021);"
    "Taux de pauvreté au seuil de 60% (Insee FiLoSoFi 2021);"
    "Part des allocataires du RSA (CAF 2024) parmi les ménages (Insee 2022);"
    "Part des 15-24 ans actifs au chômage (Insee 2022)"
)


def line(header: str, cells: Mapping[str, object], separator: str = ";") -> str:
    """Return a row under a header: the cells typed, the others blank."""
    names = header.split(separator)
    unknown = set(cells) - set(names)
    assert not unknown, unknown
    return separator.join(str(cells.get(name, "")) for name in names)


def lines(*rows: str, end: str = "\n") -> str:
    """Return the text of a file, its last line ended too."""
    return "".join(row + end for row in rows)


def childcare_rates(level: str, names: str) -> str:
    """Return the header of `txcouv_pe_<level>`, whose columns bear their level."""
    modes = ("psu_col_", "hors_psu_col_", "eaje_", "prescol_", "am_ind_", "gad_ind_", "ind_", "")
    return ";".join(["annee", names, *(f"txcouv_{mode}{level}" for mode in modes)])


def childcare_places(level: str, names: str) -> str:
    """Return the header of `nbpla_pe_<level>`."""
    modes = ("psu_col", "hors_psu_col", "eaje", "prescol", "am_ind", "gad_ind", "ind")
    own = (f"pl_{mode}_{level}" for mode in modes)
    return ";".join(["annee", names, *own, f"tot_offre_{level}"])
