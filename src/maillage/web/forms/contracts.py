"""Forms of a contract."""

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.accounts.models import Organisation
from maillage.accounts.roles import NATURES, ROLES
from maillage.contracts.models import Contract
from maillage.contracts.tables import (
    CAPACITIES,
    DECISION_KINDS,
    INSTANCES,
    KINDS,
    OPINIONS,
    PROGRAMMES,
)
from maillage.operations.models import Operation
from maillage.operations.models.outcomes import OUTCOMES
from maillage.web.forms.organisations import OrganisationField
from maillage.web.forms.plain import PlainForm, choice, day, prose, text

PDF = forms.FileInput(attrs={"accept": "application/pdf"})
LARGEST = 20 * 2**20  # bytes of an attached file


class Revisable(PlainForm):
    """Carries the revision that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


def pdf_file(label: str, help_text: str = "", required: bool = False) -> forms.FileField:
    return forms.FileField(label=label, required=required, widget=PDF, help_text=help_text)


def check_pdf(found: Any) -> Any:
    """Its content says what it is, not its name."""
    if not found:
        return found
    if found.size > LARGEST:
        raise forms.ValidationError("Ce fichier dépasse 20 Mo.")
    head = found.read(5)
    found.seek(0)
    if head != b"%PDF-":
        raise forms.ValidationError("Ce fichier n’est pas un PDF.")
    return found


class ContractForm(Revisable):
    """What a contract says of itself."""

    name = text("Nom du contrat")
    kind = choice("Nature", [(id, kind.label) for id, kind in KINDS.items()])
    code = text("Code officiel", required=False, most=60)
    lead = forms.ModelChoiceField(
        label="Collectivité qui porte le contrat",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="—",
    )
    previous = forms.ModelChoiceField(
        label="Contrat dont il prend la suite",
        queryset=Contract.objects.none(),
        required=False,
        empty_label="—",
    )
    starts_on = day("Début", required=False)
    ends_on = day("Échéance", required=False)
    state_of_play = prose(
        "État des lieux", required=False, rows=8,
        help_text="État des lieux écologique et enjeux de cohésion territoriale.",
    )  # fmt: skip
    project = prose("Projet de territoire", required=False, rows=6)
    method_terms = prose(
        "Accord de méthode : modalités de travail", required=False, rows=4,
        help_text="Qui anime, à quel rythme on se réunit, ce que chacun apporte jusqu’à la "
        "signature. L’accord, facultatif, s’imprime avec les opérations préfiguratrices.",
    )  # fmt: skip
    method_reference = text("Référence de l’accord de méthode", required=False)

    def __init__(self, *args: Any, organisations: Any, contracts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"organisations": organisations, "contracts": contracts}
        self.fields["lead"].queryset = organisations
        self.fields["previous"].queryset = contracts


class PerimeterForm(Revisable):
    """A territory, by its id."""

    territory = text(
        "Périmètre",
        most=8000,
        help_text="Le numéro SIREN d’un EPCI, « crte-… », ou plusieurs codes réunis par « + ».",
    )


class SetPerimeterForm(PerimeterForm):
    """Before signature: who set it, when, and where it is written."""

    instance = choice("Par", INSTANCES)
    decided_on = day("Arrêté le")
    reference = text("Référence de l’acte")


class PublicationForm(Revisable):
    """A day, or none."""

    published_on = day(
        "Fiche publique depuis le", required=False, help_text="Vide : la fiche est retirée."
    )


class StepForm(Revisable):
    """What a step asks: its date, then what the table says."""

    on = day("Constaté le")
    instance = choice("Instance qui a décidé", INSTANCES)
    decided_on = day("Date de la décision")
    reference = text("Référence du compte rendu ou de la délibération")
    ends_on = day("Nouvelle échéance")
    text = prose("Motif ou bilan", rows=8)

    def __init__(self, *args: Any, asks: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"asks": asks}
        kept = {"on", "revision", *(name for name in asks if name != "authority")}
        if "authority" in asks:
            kept |= {"instance", "decided_on", "reference"}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]


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


class PaperForm(PlainForm):
    """One PDF."""

    document = pdf_file("Document (PDF)", required=True)

    def clean_document(self) -> Any:
        return check_pdf(self.cleaned_data["document"])


class ProgrammeForm(PlainForm):
    """A programme of the list, or another."""

    programme = choice("Programme", [(id, p.label) for id, p in PROGRAMMES.items()], required=False)
    name = text("Autre contrat ou programme", required=False)
    reference = text("Référence", required=False)
    note = prose("Remarque", required=False, rows=3)


class IntegrateForm(Revisable):
    """A day."""

    integrated_on = day("Intégré le")


class PartyForm(Revisable):
    """How an organisation takes part."""

    capacity = choice("Qualité", [(id, c.label) for id, c in CAPACITIES.items()])
    required = forms.BooleanField(
        label="Sa signature est requise", required=False,
        help_text="Un EPCI qui pilote ou co-finance une opération du contrat signe toujours.",
    )  # fmt: skip
    mandate_reference = text("Délibération qui donne mandat", required=False)
    mandate_on = day("Date de la délibération", required=False)


class NewPartyForm(PartyForm):
    """A known organisation, or a new one."""

    field_order = ("organisation", "name", "nature", "siren")
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    organisation = OrganisationField("Organisme", required=False)
    name = text("Ou un nouvel organisme : son nom", required=False)
    nature = choice("Sa nature", NATURES, required=False)
    siren = text("Son SIREN", required=False, most=11)

    def __init__(self, *args: Any, usual: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"usual": usual}
        self.fields["organisation"].offer(usual)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        named = found.get("name") and found.get("nature")
        if not (found.get("organisation") or named or self.has_error("organisation")):
            self.add_error("organisation", "Nommez un organisme, connu ou nouveau.")
        return found


class SignatureForm(PlainForm):
    """A signature on paper."""

    signed_on = day("Signé le")
    signatory = text("Nom du signataire", most=200)
    signatory_title = text("Sa fonction", required=False, most=200)
    mandate_reference = text("Délibération", required=False)
    mandate_on = day("Date de la délibération", required=False)
    ceremony = text("Lieu ou cérémonie", required=False)
    scan = pdf_file(
        "Exemplaire signé (PDF)", "Le papier signé fait foi ; le site n’en garde qu’une copie."
    )

    def clean_scan(self) -> Any:
        return check_pdf(self.cleaned_data["scan"])


class WithdrawForm(PlainForm):
    """Why a signature is withdrawn."""

    reason = prose("Motif du retrait", rows=2)


class NodeForm(PlainForm):
    """A new axe, orientation or objectif."""

    title = text("Intitulé", most=300)
    text = prose("Texte", required=False)


class EditNodeForm(Revisable):
    """The same, renumbered."""

    number = text("Numéro", most=20)
    title = text("Intitulé", most=300)
    text = prose("Texte", required=False)


class NewAvenantForm(PlainForm):
    """What the avenant is for."""

    title = text("Titre", help_text="« Avenant 1 : accueil de la CC des Îles »")
    purpose = prose("Objet", required=False, rows=3)


class EnforceForm(PlainForm):
    """From which day."""

    on = day("En vigueur le")


class InviteForm(PlainForm):
    """Somebody, for an organisation, with a role."""

    email = forms.EmailField(label="Adresse électronique")
    name = text("Nom", most=200)
    organisation = OrganisationField("Organisme")
    role = choice("Rôle", [("", "")])

    def __init__(
        self, *args: Any, usual: Iterable[Organisation], roles: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"usual": usual, "roles": roles}
        self.fields["organisation"].offer(usual)
        self.fields["role"].choices = [(id, ROLES[id].label) for id in roles]


class SiteInviteForm(InviteForm):
    """The same, over a territory, for a known organisation or a new one."""

    field_order = ("email", "name", "organisation", "body", "nature", "siren", "role", "territory")
    organisation = OrganisationField("Organisme", required=False)
    body = text("Ou un nouvel organisme : son nom", required=False)
    nature = choice("Sa nature", NATURES, required=False)
    siren = text("Son SIREN", required=False, most=11)
    territory = text(
        "Territoire",
        most=250,
        help_text="« dep-44 », un numéro SIREN, « pays », ou plusieurs réunis par « + ».",
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        named = found.get("body") and found.get("nature")
        if not (found.get("organisation") or named or self.has_error("organisation")):
            self.add_error("organisation", "Nommez un organisme, connu ou nouveau.")
        return found


class LinkForm(PlainForm):
    """For whom, and for how long."""

    label = text(
        "À qui va ce lien", most=200, help_text="« Maires du pays », « Conseil de développement »"
    )
    days = forms.IntegerField(label="Durée, en jours", min_value=1, max_value=180, initial=30)


class ImportForm(PlainForm):
    """The end that is common to the contracts of a list."""

    ends_on = day(
        "Échéance des contrats déjà signés",
        help_text="Les fichiers officiels ne la disent pas ; un avenant pourra la corriger.",
    )
