"""Forms of operations, of their money and of what hangs on them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q

from maillage.accounts.models import Organisation
from maillage.common.errors import InputError
from maillage.contracts.models import Contract, StrategyNode
from maillage.contracts.programmes import referenced
from maillage.contracts.tables import INSTANCES
from maillage.operations.funding_sources import FAMILIES, funding_sources
from maillage.operations.intake.choices import CHOICES
from maillage.operations.models import FundingLine, Operation
from maillage.operations.money import figures, parse_amount
from maillage.operations.money_rules import money_rules
from maillage.operations.own_rows import FUNDERS
from maillage.operations.plan import SECTIONS
from maillage.operations.vocabulary import choices
from maillage.web.forms.organisations import OFFERED, OrganisationField
from maillage.web.forms.owners import OwnersForm
from maillage.web.forms.plain import PlainForm, choice, day, prose, text

TAXES = {"ht": "Hors taxes", "ttc": "Toutes taxes comprises"}
LEVELS = CHOICES["level"]
OPINIONS = CHOICES["opinion"]
#: Fields that are no field of an operation.
_APART = frozenset({"owners", "owner_search", "owner_name", "owner_nature", "revision"})
#: Parts of a line of money that are filled in from the start: the line itself, the request.
ALWAYS_OPEN = 2
_COMMUNE = re.compile(r"\d[0-9AB]\d{3}")


class AmountField(forms.CharField):
    """Euros as people type them: « 150 k€ », « 12 345,60 »."""

    def __init__(self, label: str, help_text: str = "", required: bool = False) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "form-control amount"})
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)

    def to_python(self, value: Any) -> Decimal | None:
        try:
            return parse_amount(str(value or ""), str(self.label))
        except InputError as error:
            raise forms.ValidationError(error.told) from error

    def prepare_value(self, value: Any) -> Any:
        return figures(value) if isinstance(value, Decimal) else value


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


class RevisedForm(PlainForm):
    """A form that says which revision it was opened on."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


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


class IndicatorForm(PlainForm):
    """An indicator and its target."""

    name = text("Indicateur")
    question = choice("Question", choices("question"))
    target = text("Cible", required=False, most=120)
    unit = text("Unité", required=False, most=60)


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


class ProposalForm(PlainForm):
    """What a commune writes, without an account."""

    title = text("Intitulé du projet")
    description = prose("De quoi s’agit-il ?")
    owner = text("Votre commune ou organisme", most=200)
    commune = forms.CharField(label="Code de la commune", required=False, max_length=5)
    contact = forms.EmailField(label="Adresse électronique pour vous répondre")
    cost = AmountField("Coût estimé, hors taxes")
    starts_on = day("Début souhaité", required=False)
    website = forms.CharField(
        label="Ne remplissez pas ce champ", required=False, widget=forms.HiddenInput
    )  # a trap for machines

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Cette fiche ne peut pas être reçue.")
        return ""


class LinkForm(PlainForm):
    """To whom the link goes, and for how long."""

    label = text("À qui va ce lien", most=200)
    days = forms.IntegerField(label="Durée, en jours", min_value=1, max_value=180, initial=60)
