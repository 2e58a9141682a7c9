"""Forms of a contract."""

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.accounts.models import Organisation
from maillage.contracts.models import Contract
from maillage.contracts.tables import (
    INSTANCES,
    KINDS,
)
from maillage.web.forms.plain import PlainForm, Revisable, choice, day, prose, text


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


class FiguresForm(Revisable):
    """Sentences of a portrait to take into the state of play, by their id."""

    state_of_play = forms.MultipleChoiceField(
        label="Phrases du portrait", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sentences: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"sentences": sentences}
        self.fields["state_of_play"].choices = sentences


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


class NewAvenantForm(PlainForm):
    """What the avenant is for."""

    title = text("Titre", help_text="« Avenant 1 : accueil de la CC des Îles »")
    purpose = prose("Objet", required=False, rows=3)


class EnforceForm(PlainForm):
    """From which day."""

    on = day("En vigueur le")


class ImportForm(PlainForm):
    """The end that is common to the contracts of a list."""

    ends_on = day(
        "Échéance des contrats déjà signés",
        help_text="Les fichiers officiels ne la disent pas ; un avenant pourra la corriger.",
    )
