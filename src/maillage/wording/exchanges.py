"""What two territories exchange, as a sentence says it for each family of flows."""

from maillage.common.french import counted, euros, number, plural
from maillage.common.names import of_the, the

_MOVES = {
    "commuting": ("actif occupé", "actifs occupés", "va", "vont", "pour travailler"),
    "school": ("élève ou étudiant", "élèves et étudiants", "va", "vont", "pour étudier"),
}
_LEAVES = {
    "residential": ("habitant", "habitants"),
    "transfers": ("établissement", "établissements"),
}


def exchange_sentence(flow: str, here: str, other: str, out: float, into: float) -> str:
    """« 4 638 actifs occupés vont de la CC du Pays de… vers…, 1 317 en sens inverse. »

    ``out`` goes from here to the other, in the unit of the family. Empty when nothing circulates.
    """
    if not (round(out) or round(into)):
        return ""
    if round(out) < 1:
        here, other, out, into = other, here, into, out
    said = _said(flow, here, other, out)
    back = euros(into) if flow == "wages" else number(into)
    return f"{said}, {back} en sens inverse." if round(into) else f"{said}, aucun en sens inverse."


def _said(flow: str, here: str, other: str, out: float) -> str:
    start, end = the(here), the(other)
    if flow in _MOVES:
        one, several, goes, go, why = _MOVES[flow]
        verb = plural(round(out), goes, go)
        return f"{counted(out, one, several)} {verb} {of_the(here)} vers {end} {why}"
    if flow in _LEAVES:
        one, several = _LEAVES[flow]
        have = plural(round(out), "a", "ont")
        return f"{counted(out, one, several)} {have} quitté {start} pour {end}"
    if flow == "control":
        located = counted(out, "établissement situé", "établissements situés")
        depends = plural(round(out), "dépend", "dépendent")
        return f"{located} dans l’autre territoire, {end}, {depends} d’un siège {of_the(here)}"
    paid = f"{euros(out)} de salaires versés par les employeurs {of_the(here)}"
    return f"{paid} vont à des habitants {of_the(other)}"
