"""Forms of what a body decided."""

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.contracts.tables import (
    DECISION_KINDS,
    INSTANCES,
    OPINIONS,
)
from maillage.operations.models import Operation
from maillage.operations.models.outcomes import OUTCOMES
from maillage.web.forms.pdf import check_pdf, pdf_file
from maillage.web.forms.plain import PlainForm, choice, day, text


class DecisionForm(PlainForm):
    """The authority behind an act."""

    instance = choice("Instance", INSTANCES)
    kind = choice("Objet", DECISION_KINDS)
    decided_on = day("Décidé le")
    reference = text("Référence du compte rendu ou de la délibération")
    subject = text("Ce qui est décidé", required=False, most=400)
    operations = forms.MultipleChoiceField(
        label="Opérations visées", required=False, widget=forms.CheckboxSelectMultiple
    )
    outcome = choice(
        "Ce qu’elles deviennent", {id: OUTCOMES[id] for id in ("reorient", "reallocate", "stop")},
        required=False, help_text="Une opération arrêtée est abandonnée, pour ce motif.",
    )  # fmt: skip
    cotech_opinion = choice("Avis du comité technique", OPINIONS, required=False)
    cotech_on = day("Date de cet avis", required=False)
    document = pdf_file("Compte rendu (PDF)")

    def __init__(self, *args: Any, operations: Iterable[Operation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["operations"].choices = [
            (str(one.pk), f"{one.number} {one.title}".strip()) for one in operations
        ]
        self.fields["operations"].widget.attrs.pop("class", None)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(found.get("operations")) != bool(found.get("outcome")):
            self.add_error("outcome", "Dites ce que deviennent les opérations cochées.")
        return found

    def clean_document(self) -> Any:
        return check_pdf(self.cleaned_data["document"])


class RectifyForm(DecisionForm):
    """What the decision should have said, and what was wrong."""

    reason = text("Ce qui était faux", most=400)
    field_order = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].required = True
        self.fields["outcome"].choices = [("", "—"), *OUTCOMES.items()]
        self.fields[
            "operations"
        ].help_text = (
            "Une opération décochée garde l’avancement de sa fiche : corrigez-le s’il était faux."
        )


class ReadyForm(PlainForm):
    """Which body made it a fiche action, when, and where it is written."""

    instance = choice("Par", INSTANCES)
    decided_on = day("Décidé le")
    reference = text("Référence du compte rendu ou de la délibération")


class MaquetteForm(PlainForm):
    """Who decided, when, and where it is written."""

    year = forms.IntegerField(label="Année", min_value=2000, max_value=2100)
    decided_on = day("Arrêtée le")
    instance = choice("Par", INSTANCES)
    reference = text("Référence du compte rendu ou de la délibération")
    opinion = choice(
        "Avis du cotech", OPINIONS, required=False,
        help_text="Le comité technique se réunit avant chaque séance plénière du copil.",
    )  # fmt: skip
    opinion_on = day("Date de cet avis", required=False)
