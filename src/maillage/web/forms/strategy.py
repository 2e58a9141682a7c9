"""Forms of the strategy of a contract and of what it leans on."""

from maillage.contracts.tables import (
    PROGRAMMES,
)
from maillage.web.forms.plain import PlainForm, Revisable, choice, day, prose, text


class ProgrammeForm(PlainForm):
    """A programme of the list, or another."""

    programme = choice("Programme", [(id, p.label) for id, p in PROGRAMMES.items()], required=False)
    name = text("Autre contrat ou programme", required=False)
    reference = text("Référence", required=False)
    note = prose("Remarque", required=False, rows=3)


class IntegrateForm(Revisable):
    """A day."""

    integrated_on = day("Intégré le")


class NodeForm(PlainForm):
    """A new axe, orientation or objectif."""

    title = text("Intitulé", most=300)
    text = prose("Texte", required=False)


class EditNodeForm(Revisable):
    """The same, renumbered."""

    number = text("Numéro", most=20)
    title = text("Intitulé", most=300)
    text = prose("Texte", required=False)
