"""The workbook an office keeps of its contract, as untidy as they come; invented throughout.

A sheet an axis, two rows of headings, a column a funder, subtotals, blank rows, « 150 k€ », dates
as text; and seven rows with a fault of a different kind each.
"""

import io
from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from typing import Any

import xlsxwriter

TOP = (
    *(
        "N°",
        "Opération",
        "Maître d’ouvrage",
        "Calendrier",
        "",
        "Coût total HT",
        "Financeurs",
        "",
        "",
    ),
    *("", "", "Autofinancement", "Etat d’avancement", "Prochaine étape", "Observations"),
)
SUB = ("", "", "", "Début", "Fin", "", "DETR", "DSIL", "Fonds vert", "Région", "Département")
MERGED = ((3, 4), (6, 10))  # columns under one heading

AXES: Mapping[str, tuple[str, ...]] = {
    "Axe 1 - Mobilités": (
        *("Voie verte entre les deux gares", "Pôle d’échanges de la gare", "Navette du marché"),
        *(
            "Aires de covoiturage",
            "Location de vélos à assistance",
            "Vélos à l’école",
        ),
        *("Plan de mobilité simplifié", "Passerelle sur la rivière", "Bornes de recharge"),
        *("Ligne de bus vers la métropole", "Pédibus des hameaux", "Voirie apaisée du centre"),
        *("Schéma cyclable", "Transport à la demande", "Quais de bus accessibles"),
    ),
    "Axe 2 - Énergie et bâtiments": (
        *("Rénovation du groupe scolaire", "Chaufferie bois et réseau de chaleur"),
        *(
            "Ombrières du parking relais",
            "Rénovation de la salle des fêtes",
            "Éclairage sobre",
        ),
        *("Audit de trente bâtiments", "Isolation du gymnase", "Conseil en énergie partagé"),
        *(
            "Toitures solaires des ateliers",
            "Piscine : récupération de chaleur",
            "Régulation des mairies",
        ),
        *("Réseau de chaleur des Prés", "Petite hydroélectricité", "Filière bois-énergie locale"),
        *("Boucle d’autoconsommation",),
    ),
    "Axe 3 - Eau et nature": (
        *("Restauration du cours de la rivière", "Désimperméabilisation des cours d’école"),
        *("Interconnexion des réseaux d’eau", "Recherche de fuites", "Atlas de la biodiversité"),
        *("Plantation de haies", "Zone d’expansion des crues", "Station de traitement des Aulnes"),
        *(
            "Réutilisation des eaux usées",
            "Ceinture maraîchère",
            "Trame noire",
            "Mares et zones humides",
        ),
        *("Protection du captage", "Îlots de fraîcheur", "Sentier de la vallée"),
    ),
    "Axe 4 - Services et habitat": (
        *("Maison de santé pluridisciplinaire", "Tiers-lieu de la halle", "Crèche intercommunale"),
        *("Opération d’amélioration de l’habitat", "Maison France services itinérante"),
        *("Revitalisation du centre-bourg", "Résidence autonomie", "Médiathèque de réseau"),
        *("Projet alimentaire territorial", "Cuisine centrale", "Logements des saisonniers"),
        *(
            "Friche des Tanneries",
            "Pépinière d’entreprises",
            "Inclusion numérique",
            "Chef de projet",
        ),
    ),
}
OPERATIONS = sum(map(len, AXES.values()))
#: Number of the operation -> what is wrong with it.
ERRORS: Mapping[str, str] = {
    "1.4": "montant illisible",
    "1.9": "ce jour n’existe pas",
    "2.3": "fin avant le début",
    "2.11": "les financements font",
    "3.5": "mot inconnu",
    "3.12": "maître d’ouvrage inconnu",
    "4.7": "même opération",
}
_STATUSES = ("en cours", "A l’étude", "réalisé", "En retard", "", "en projet")
_STARTS = ("T1 2025", "mars 2025", "01/09/2025", "2026", "S2 2025", "à définir")
_ENDS = ("fin 2026", "31/12/2026", "2027", "juin 2027", "", "T4 2026")
_COSTS = ("150 k€", 240_000, "1,2 M€", 96_000, 480_000, "75 000 €", 310_500)
_SHARES = (
    (0.3, 0, 0, 0.2, 0.1),
    (0, 0.4, 0, 0.2, 0),
    (0.2, 0, 0.25, 0.1, 0.1),
    (0, 0, 0.3, 0.3, 0.1),
)


def office_workbook(owners: Sequence[str]) -> bytes:
    """An xlsx of ``OPERATIONS`` operations of these maîtres d’ouvrage, in turn."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    styles = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#D9E1F2", "text_wrap": True, "border": 1}
        ),
        "total": book.add_format({"bold": True, "num_format": "#,##0"}),
        "money": book.add_format({"num_format": '#,##0 "€"'}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    _cover(book, styles)
    for rank, (axis, titles) in enumerate(AXES.items(), start=1):
        _sheet(book.add_worksheet(axis), styles, axis, rank, titles, owners)
    book.close()
    return stream.getvalue()


def _cover(book: Any, styles: Mapping[str, Any]) -> None:
    page = book.add_worksheet("Lisez-moi")
    page.write(0, 0, "Tableau de bord du contrat : données inventées", styles["title"])
    page.write(2, 0, "Mis à jour le 12 mars. Merci de ne pas changer les colonnes !")


def _sheet(
    page: Any,
    styles: Mapping[str, Any],
    axis: str,
    rank: int,
    titles: Sequence[str],
    owners: Sequence[str],
) -> None:
    page.write(0, 0, f"{axis} (maquette de travail)", styles["title"])
    _headings(page, styles["head"])
    line, first = 4, 4
    for number, title in enumerate(titles, start=1):
        if number == 6:
            line += 1  # the blank row everyone has somewhere
        row = _row(f"{rank}.{number}", title, number + 15 * (rank - 1), owners)
        for column, value in enumerate(row):
            if value != "":
                page.write(line, column, value, styles["money"] if column in range(5, 12) else None)
        line += 1
    page.write(line, 1, "Sous-total", styles["total"])
    for column in range(6, 12):
        letter = "ABCDEFGHIJKL"[column]
        page.write_formula(
            line, column, f"=SUM({letter}{first + 1}:{letter}{line})", styles["total"]
        )
    page.set_column(1, 2, 34)


def _headings(page: Any, style: Any) -> None:
    for column, text in enumerate(TOP):
        page.write(2, column, text, style)
        page.write(3, column, SUB[column] if column < len(SUB) else "", style)
    for left, right in MERGED:
        page.merge_range(2, left, 2, right, TOP[left], style)
    grouped = {column for left, right in MERGED for column in range(left, right + 1)}
    for column, text in enumerate(TOP):
        if column not in grouped:
            page.merge_range(2, column, 3, column, text, style)


def _row(number: str, title: str, rank: int, owners: Sequence[str]) -> list[Any]:
    cost = _nth(_COSTS, rank)
    euros = _euros(cost)
    shares = [round(euros * share) or "" for share in _nth(_SHARES, rank)]
    own = euros - sum(share for share in shares if isinstance(share, int))
    owner = " / ".join(islice(cycle(owners), rank % len(owners), rank % len(owners) + 2)) \
        if rank % 6 == 0 and len(owners) > 1 else owners[rank % len(owners)]  # fmt: skip
    row = [number, title, owner, _nth(_STARTS, rank), _nth(_ENDS, rank), cost, *shares, own]
    row += [_nth(_STATUSES, rank), "Copil de juin" if rank % 4 == 0 else "", ""]
    return _spoiled(number, row)


def _spoiled(number: str, row: list[Any]) -> list[Any]:
    """The seven rows that somebody must look at."""
    match number:
        case "1.4":
            row[9] = "à voir avec la Région"
        case "1.9":
            row[3] = "31/02/2026"
        case "2.3":
            row[3:5] = ["01/09/2026", "01/03/2026"]
        case "2.11":
            row[11] += 10_000
        case "3.5":
            row[12] = "presque"
        case "3.12":
            row[2] = "Synd. des eaux (ancien nom)"
        case "4.7":
            row[0] = "4.6"
    return row


def _nth(values: Sequence[Any], rank: int) -> Any:
    return values[rank % len(values)]


def _euros(cost: str | int) -> int:
    if isinstance(cost, int):
        return cost
    figures = cost.replace("\u00a0", "").replace(" ", "").replace("€", "")
    scale = 1_000 if figures.endswith("k") else 1_000_000 if figures.endswith("M") else 1
    return round(float(figures.rstrip("kM").replace(",", ".")) * scale)
