"""Forms that open an access: an invitation, a read-only link."""

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.accounts.models import Organisation
from maillage.accounts.roles import NATURES, ROLES
from maillage.web.forms.organisations import OrganisationField
from maillage.web.forms.plain import PlainForm, choice, text


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
