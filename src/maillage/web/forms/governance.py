"""Forms of committees and of their meetings."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from maillage.accounts.models import Organisation
from maillage.contracts.actions.decisions import Votes
from maillage.contracts.models import Contract, Decision
from maillage.contracts.tables import DECISION_KINDS, OPINIONS
from maillage.governance.actions.held import Came
from maillage.governance.models import Attendance
from maillage.governance.tables import FORMATIONS, KINDS, LEVELS, PRESENCES, QUALITIES
from maillage.operations.models import Operation
from maillage.operations.models.outcomes import OUTCOMES
from maillage.operations.numbering import rank_of
from maillage.web.forms.organisations import OrganisationField
from maillage.web.forms.pdf import check_pdf, pdf_file
from maillage.web.forms.plain import PlainForm, Revisable, choice, day, prose, text

#: What a decision of a meeting may say of operations: a fiche action has its own gate.
BECOMES = {id: OUTCOMES[id] for id in ("other", "reorient", "reallocate", "stop")}


class CommitteeForm(Revisable):
    """A committee; ``others`` are the contracts it may be common to."""

    kind = choice("Nature", [(id, kind.label) for id, kind in KINDS.items()])
    name = text("Nom", required=False, most=200, help_text="Vide : celui de sa nature.")
    level = choice("Niveau", LEVELS)
    yearly = forms.IntegerField(
        label="Réunions par an", required=False, min_value=1, max_value=52,
        help_text="Sert à signaler une réunion qui tarde.",
    )  # fmt: skip
    quorum = forms.IntegerField(
        label="Quorum", required=False, min_value=1, max_value=999,
        help_text="Membres à voix délibérative présents ou représentés. Vide : aucun n’est fixé.",
    )  # fmt: skip
    mission = prose("Rôle", required=False, rows=3)
    shared_with = forms.ModelMultipleChoiceField(
        label="Commune avec d’autres contrats", queryset=Contract.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Qui lit l’un de ces contrats en lira les réunions.",
    )  # fmt: skip
    closed_on = day("Close le", required=False)

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"others": others}
        self.fields["shared_with"].queryset = others
        self.fields["shared_with"].widget.attrs.pop("class", None)
        if not others.exists():
            del self.fields["shared_with"]


class MemberForm(Revisable):
    """A seat: a person or a function."""

    organisation = OrganisationField("Organisme")
    name = text("Nom de la personne", required=False, most=200)
    function = text(
        "Fonction", required=False, most=200,
        help_text="« Préfète de département », « Présidente de la communauté de communes »",
    )  # fmt: skip
    quality = choice("Qualité", QUALITIES, help_text="Plusieurs membres peuvent présider ensemble.")
    email = forms.EmailField(
        label="Adresse électronique", required=False,
        help_text="Montrée à qui convoque, à personne d’autre.",
    )  # fmt: skip
    since = day("Siège depuis")
    until = day("Jusqu’au", required=False)

    def __init__(self, *args: Any, usual: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"usual": usual}
        self.fields["organisation"].offer(usual, self.initial.get("organisation"))


class MeetingForm(Revisable):
    """When, where, in which formation."""

    starts_at = forms.DateTimeField(
        label="Date et heure",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    place = text("Lieu", required=False)
    formation = choice("Formation", FORMATIONS)
    note = prose("Mot aux invités", required=False, rows=3)


class ConvenedForm(Revisable):
    """The day it left."""

    convened_on = day("Envoyée le")


class CancelForm(Revisable):
    """Why."""

    reason = text("Motif", most=400)


class AttendanceForm(Revisable):
    """Whether each came, and who came besides."""

    guests = prose("Autres personnes présentes", required=False, rows=2)

    def __init__(self, *args: Any, rows: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with, self.rows = {"rows": rows}, rows
        for row in rows:
            who = row.name or row.function
            presence = choice(f"{who}, {row.organisation}", PRESENCES, required=True)
            presence.initial = "present" if row.presence == "invited" else row.presence
            stand_in = text("Représenté par", required=False, most=200)
            stand_in.label = f"Représentant de {who}"
            stand_in.initial = row.stand_in
            for name, field in (("presence", presence), ("stand_in", stand_in)):
                field.widget.attrs["class"] = "form-control"
                self.fields[f"{name}_{row.pk}"] = field
        self.order_fields([*(n for n in self.fields if n != "guests"), "guests"])

    def lines(self) -> list[dict[str, Any]]:
        return [
            {"row": row, **{part: self[f"{part}_{row.pk}"] for part in ("presence", "stand_in")}}
            for row in self.rows
        ]

    def came(self) -> dict[int, Came]:
        """By id of attendance."""
        given = self.cleaned_data
        return {
            row.pk: Came(given[f"presence_{row.pk}"], given[f"stand_in_{row.pk}"])
            for row in self.rows
        }


class ConcludeForm(Revisable):
    """What was said or done about a point."""

    outcome = prose("Suite donnée", required=False, rows=4)
    opinion = choice(
        "Avis du comité technique", OPINIONS, required=False,
        help_text="Il va à la fiche de l’opération, avec la date et la référence de la réunion.",
    )  # fmt: skip

    def __init__(self, *args: Any, opines: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"opines": opines}
        if not opines:
            del self.fields["opinion"]


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=9999)


class TakenForm(PlainForm):
    """A decision of a meeting; its day, its body and its reference are known."""

    contract = forms.ModelChoiceField(
        label="Contrat", queryset=Contract.objects.none(), empty_label=None
    )
    subject = text("Ce qui est décidé", most=400)
    kind = choice("Objet", DECISION_KINDS)
    operations = forms.ModelMultipleChoiceField(
        label="Opérations visées", queryset=Operation.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    becomes = choice(
        "Ce qu’elles deviennent", BECOMES, required=False,
        help_text="Une opération arrêtée est abandonnée, pour ce motif.",
    )  # fmt: skip
    opinion = choice("Avis du comité technique", OPINIONS, required=False)
    opinion_on = day("Date de cet avis", required=False)
    votes_for = _count("Voix pour")
    votes_against = _count("Voix contre")
    abstentions = _count("Abstentions")

    def __init__(self, *args: Any, contracts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"contracts": contracts}
        self.fields["contract"].queryset = contracts
        several = contracts.count() > 1
        alive = Operation.objects.filter(contract__in=contracts).exclude(status="dropped")
        field = self.fields["operations"]
        field.queryset = alive
        field.choices = [
            (one.pk, _named(one, several))
            for one in sorted(
                alive.select_related("contract"),
                key=lambda one: (one.contract_id, rank_of(one.number), one.pk),
            )
        ]
        field.widget.attrs.pop("class", None)
        if not several:
            del self.fields["contract"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        named, of = list(found.get("operations") or ()), found.get("contract")
        if bool(named) != bool(found.get("becomes")):
            self.add_error("becomes", "Dites ce que deviennent les opérations cochées.")
        if of is not None and any(one.contract_id != of.pk for one in named):
            self.add_error("operations", "L’une de ces opérations est d’un autre contrat.")
        return found

    def votes(self) -> Votes:
        given = self.cleaned_data
        return Votes(given["votes_for"], given["votes_against"], given["abstentions"])


def _named(operation: Operation, several: bool) -> str:
    name = f"{operation.number} {operation.title}".strip()
    return f"{name} ({operation.contract.name})" if several else name


class AttachForm(PlainForm):
    """One of the decisions recorded elsewhere."""

    decision = forms.ModelChoiceField(
        label="Décision déjà consignée", queryset=Decision.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, decisions: Iterable[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"decisions": decisions}
        field = self.fields["decision"]
        field.queryset = Decision.objects.filter(pk__in=[one.pk for one in decisions])
        field.label_from_instance = lambda one: f"{one.subject} ({one.reference})"


class MinutesForm(Revisable):
    """The minutes, that close the meeting."""

    reference = text("Référence du compte rendu")
    document = pdf_file(
        "Compte rendu (PDF)", "Joint aussi aux décisions de la réunion qui n’en ont pas."
    )

    def clean_document(self) -> Any:
        return check_pdf(self.cleaned_data["document"])


class CorrectionForm(PlainForm):
    """What is put right."""

    text = prose("Ce qui est rectifié", rows=4)
