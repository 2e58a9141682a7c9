"""Forms of the parties of a contract and of their signatures."""

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.accounts.models import Organisation
from maillage.accounts.roles import NATURES
from maillage.contracts.tables import (
    CAPACITIES,
)
from maillage.web.forms.organisations import OrganisationField
from maillage.web.forms.pdf import check_pdf, pdf_file
from maillage.web.forms.plain import PlainForm, Revisable, choice, day, prose, text


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
