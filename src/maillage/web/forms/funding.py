"""Forms of the money of an operation: its lines, their answers, what was paid."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q

from maillage.accounts.models import Organisation
from maillage.contracts.models import Contract
from maillage.operations.funding_sources import FAMILIES, funding_sources
from maillage.operations.intake.choices import CHOICES
from maillage.operations.models import FundingLine
from maillage.operations.money_rules import money_rules
from maillage.operations.own_rows import FUNDERS
from maillage.operations.plan import SECTIONS
from maillage.web.forms.amounts import TAXES, AmountField
from maillage.web.forms.organisations import OFFERED, OrganisationField
from maillage.web.forms.plain import PlainForm, RevisedForm, choice, day, text

LEVELS = CHOICES["level"]

#: Parts of a line of money that are filled in from the start: the line itself, the request.
ALWAYS_OPEN = 2


class LineForm(RevisedForm):
    """One line of money: the source, what is asked, what was answered, where it is written."""

    parts = (
        ("La ligne", ("source", "funder_id", "section", "purpose", "tax", "eligible", "level")),
        ("La demande", ("asked", "asked_on", "received_on", "opinion_on", "file_number")),
        ("La réponse", ("notified", "notified_on", "order", "envelope", "agreed", "agreed_on",
         "agreement", "refused_on")),
        ("Les délais", ("extended_start", "extended_completion", "lapsed_on")),
    )  # fmt: skip

    source = choice("Source", ())
    funder_id = OrganisationField(
        "Financeur", required=False, help_text="Son nom, ou son SIREN. Il verra la demande."
    )
    section = choice("Section", SECTIONS)
    purpose = text("Objet", required=False, help_text="« Poste de chef de projet », « travaux ».")
    tax = choice("Montants", TAXES)
    eligible = AmountField("Assiette éligible", "La dépense subventionnable que retient la source.")
    level = choice("Qui voit cette ligne", LEVELS)
    asked = AmountField("Montant demandé")
    asked_on = day("Demandé le", required=False)
    received_on = day("Demande reçue le", required=False)
    opinion_on = day("Avis de la commission d’élus DETR le", required=False)
    file_number = text("Numéro de dossier", required=False, most=120)
    notified = AmountField("Montant notifié")
    notified_on = day("Notifié le", required=False)
    order = text("Arrêté", required=False, most=120)
    envelope = text("Enveloppe", required=False, most=120)
    agreed = AmountField("Montant conventionné")
    agreed_on = day("Conventionné le", required=False)
    agreement = text("Convention", required=False, most=120)
    refused_on = day("Refusé le", required=False)
    extended_start = forms.BooleanField(label="Délai de démarrage prorogé", required=False)
    extended_completion = forms.BooleanField(label="Délai d’achèvement prorogé", required=False)
    lapsed_on = day("Caduque depuis le", required=False)

    def __init__(self, *args: Any, contract: Contract, private: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = _sources()
        asked = Q(parties__contract=contract) | Q(nature__in=FUNDERS)
        usual = Organisation.objects.filter(asked).distinct()[:OFFERED]
        self.fields["funder_id"].offer(usual, self.initial.get("funder_id"))
        if private:
            del self.fields["level"]

    def clean_funder_id(self) -> int | None:
        return self.cleaned_data["funder_id"].pk if self.cleaned_data["funder_id"] else None

    def groups(self) -> Iterable[tuple[str, list[Any], bool]]:
        """Title, fields, and whether it is open: what is filled in later is folded until then."""
        for rank, (title, names) in enumerate(self.parts):
            fields = [self[name] for name in names if name in self.fields]
            filled = any(field.errors or field.value() for field in fields)
            yield title, fields, rank < ALWAYS_OPEN or filled

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


def initial_of_line(line: FundingLine) -> dict[str, Any]:
    names = [name for _, group in LineForm.parts for name in group]
    return {name: getattr(line, name) for name in names} | {"revision": line.revision}


def _sources() -> list[tuple[str, list[tuple[str, str]]]]:
    """By family, as the list shows them."""
    return [
        (family, [(s.id, s.title) for s in funding_sources().values() if s.family == id])
        for id, family in FAMILIES.items()
    ]


class AnswerForm(RevisedForm):
    """What a funder answers, in place."""

    answer = choice(
        "Réponse",
        {"notify": "Notifier", "agree": "Conventionner", "refuse": "Refuser"},
    )
    amount = AmountField("Montant accordé")
    acted_on = day("Date de l’acte")
    reference = text("Référence de l’acte")
    received_on = day("Demande reçue le", required=False)
    comment = text("Un mot au maître d’ouvrage", required=False, most=400)


class PaymentForm(PlainForm):
    """Money that came in."""

    amount = AmountField("Montant versé", required=True)
    paid_on = day("Versé le")
    reference = text("Référence", required=False, most=120)


class CorrectedPaymentForm(PaymentForm):
    """A payment put right, and why."""

    reason = text("Motif de la correction")


class DerogationForm(PlainForm):
    """A rule set aside: by which act, whose, when."""

    rule = choice("Règle", {r.id: r.title for r in money_rules().values() if r.severity != "error"})
    act = text("Acte")
    author = text("Auteur", most=200)
    granted_on = day("Date de l’acte")
