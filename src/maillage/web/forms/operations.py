"""Forms of operations, of their money and of what hangs on them."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.contracts.models import Contract, StrategyNode
from maillage.contracts.programmes import referenced
from maillage.operations.intake.choices import CHOICES
from maillage.operations.models import Operation
from maillage.operations.vocabulary import choices
from maillage.web.forms.amounts import TAXES, AmountField
from maillage.web.forms.owners import OwnersForm
from maillage.web.forms.plain import PlainForm, RevisedForm, choice, day, prose, text

OPINIONS = CHOICES["opinion"]
#: Fields that are no field of an operation.
_APART = frozenset({"owners", "owner_search", "owner_name", "owner_nature", "revision"})
_COMMUNE = re.compile(r"\d[0-9AB]\d{3}")


class CommunesField(forms.CharField):
    """Codes of communes, apart by spaces or commas."""

    def to_python(self, value: Any) -> list[str]:
        codes = [code.upper() for code in re.split(r"[\s,;]+", str(value or "")) if code]
        wrong = [code for code in codes if not _COMMUNE.fullmatch(code)]
        if wrong:
            raise forms.ValidationError(
                f"« {wrong[0]} » n’est pas un code de commune : il a cinq caractères."
            )
        return sorted(set(codes))

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value


class OperationForm(OwnersForm, RevisedForm):
    """The whole fiche. ``parts`` gather its fields for the page, each under its anchor."""

    parts = (
        ("description", "Ce qu’elle est", ("number", "title", "description", "ecology")),
        ("maitres-d-ouvrage", "Qui la porte", ("owners", "owner_search", "owner_name",
         "owner_nature", "referent", "elected_referent", "partners")),
        ("strategie", "Stratégie et lieu", ("orientation_id", "programmes",
         "outside", "early", "communes")),
        ("avancement", "Avancement", ("phase", "status", "blocked_reason", "dropped_reason",
         "next_step", "next_step_on", "priority", "maturity")),
        ("calendrier", "Calendrier", ("starts_on", "ends_on")),
        ("cout", "Coût", ("tax", "investment_cost", "running_cost", "lead_competence")),
        ("publics", "Publics et risques", ("beneficiaries", "risks")),
        ("cotech", "Avis du cotech", ("cotech_opinion", "cotech_on", "cotech_reference")),
    )  # fmt: skip

    title = text("Intitulé")
    number = text("Numéro", required=False, most=30, help_text="Celui que l’on cite : 1.2.")
    description = prose("Description", required=False)
    ecology = prose("Contribution à la transition écologique", required=False, rows=3)
    referent = text("Référent", required=False, most=200)
    elected_referent = text("Élu référent", required=False, most=200)
    partners = prose("Partenaires", required=False, rows=2)
    orientation_id = choice("Orientation de la stratégie", (), required=False)
    programmes = forms.MultipleChoiceField(
        label="Programmes et contrats rattachés",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ceux que le contrat référence ou intègre.",
    )
    outside = forms.BooleanField(
        label="Hors contrat", required=False, help_text="Suivie par l’État en dehors du contrat."
    )
    early = forms.BooleanField(
        label="Préfiguratrice",
        required=False,
        help_text="Ses crédits peuvent être engagés avant la signature.",
    )
    communes = CommunesField(
        label="Communes", required=False, help_text="Codes à cinq caractères : 44003 44213."
    )
    phase = choice("Phase", choices("phase"))
    status = choice("Statut", choices("status"))
    blocked_reason = prose("Motif du blocage", required=False, rows=2)
    dropped_reason = prose("Motif de l’abandon", required=False, rows=2)
    next_step = text("Prochaine étape", required=False)
    next_step_on = day("Date de la prochaine étape", required=False)
    priority = choice("Priorité", choices("priority"))
    maturity = choice("Maturité", choices("maturity"))
    starts_on = day("Début", required=False)
    ends_on = day("Fin", required=False)
    tax = choice("Montants", TAXES)
    investment_cost = AmountField("Coût en investissement")
    running_cost = AmountField("Coût en fonctionnement", "Animation et postes compris.")
    lead_competence = forms.BooleanField(
        label="Relève d’une compétence à chef de file",
        required=False,
        help_text="La part du maître d’ouvrage est alors d’au moins 30 %.",
    )
    beneficiaries = prose("Bénéficiaires", required=False, rows=2)
    risks = prose("Risques", required=False, rows=2)
    cotech_opinion = choice("Avis", OPINIONS, required=False)
    cotech_on = day("Date de l’avis", required=False)
    cotech_reference = text("Référence", required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, contract=contract, **kwargs)
        nodes = StrategyNode.objects.filter(contract=contract)
        self.fields["orientation_id"].choices = [
            ("", "—"),
            *((str(node.pk), f"{node.number} {node.title}") for node in nodes),
        ]

        held = self.initial.get("programmes", ())
        names = list(dict.fromkeys((*referenced(contract), *held)))
        self.fields["programmes"].choices = [(name, name) for name in names]
        if not names:
            del self.fields["programmes"]

    def clean_orientation_id(self) -> int | None:
        return int(self.cleaned_data["orientation_id"] or 0) or None

    def groups(self) -> Iterable[tuple[str, str, list[Any]]]:
        return [
            (anchor, title, [self[name] for name in names if name in self.fields])
            for anchor, title, names in self.parts
        ]

    def given(self) -> dict[str, Any]:
        """What actions write, without the owners nor the revision."""
        return {k: v for k, v in self.cleaned_data.items() if k not in _APART}


def initial_of(operation: Operation) -> dict[str, Any]:
    """What the form of an operation starts with."""
    names = [name for _, _, group in OperationForm.parts for name in group]
    found = {name: getattr(operation, name) for name in names if name not in _APART}
    owners = [item.organisation_id for item in operation.pilots.all()]
    return {**found, "owners": owners, "revision": operation.revision}


class IndicatorForm(PlainForm):
    """An indicator and its target."""

    name = text("Indicateur")
    question = choice("Question", choices("question"))
    target = text("Cible", required=False, most=120)
    unit = text("Unité", required=False, most=60)
