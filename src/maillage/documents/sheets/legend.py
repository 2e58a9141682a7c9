"""« Légende et sources »: what a workbook shows, of which day, and what its columns mean."""

from maillage.documents.sheets.values import Explained
from maillage.documents.standing import PARTIAL, PROGRAMMED, Standing
from maillage.documents.tables.facts import FICTIONAL

NAME = "Légende et sources"
_WORDS = (
    ("Coût", "Coût prévu de l’opération, hors taxes sauf mention « TTC » dans la colonne Taxes."),
    (
        "Taxes",
        "Base des montants : HT ou TTC. « HT et TTC » : des lignes de l’opération ne sont pas dans "
        "la base de son coût ; rien n’y est additionné.",
    ),
    ("Assiette éligible", "Part du coût que le financeur retient pour calculer son aide."),
    (
        "Retenu",
        "Ce que la ligne apporte : le montant conventionné, à défaut notifié, à défaut demandé ; "
        "rien si la demande est refusée, caduque, ou l’opération abandonnée.",
    ),
    ("Versé", "Sommes réellement encaissées."),
    ("Reste à trouver", "Coût total moins total des financements ; négatif s’il y a trop."),
    ("Part financée", "Total des financements sur coût total."),
    ("Engagements (AE)", "Autorisations d’engagement par année ; « sans année » dit le reste."),
    ("Totaux", "Ils se calculent dans le classeur et suivent le filtre posé sur le tableau."),
    ("Case vide", "Montant ou date inconnus, ou financeur non sollicité : jamais un zéro."),
)


def legend(standing: Standing, taxes: tuple[str, ...] = ()) -> Explained:
    """Facts first, then words. ``taxes``: what ``maquette_words`` says of its sums."""
    facts = (
        ("Contrat", f"{standing.contract} ({standing.kind})"),
        ("Ce que montre ce classeur", standing.moment),
        ("Lignes comptées", PROGRAMMED),
        ("Étendue", "" if standing.whole else PARTIAL),
        ("HT et TTC", " ".join(taxes)),
        ("Empreinte SHA-256 du texte arrêté", standing.digest),
        ("Statut", FICTIONAL if standing.fictional else ""),
        ("Source", "Déclarations des parties au contrat, tenues à jour dans Maillage."),
        ("Page d’origine", standing.address),
    )
    told = tuple((name, value) for name, value in facts if value)
    return Explained(NAME, standing.title, (*told, ("", ""), *_WORDS))
