"""Forms that open a contract: on a territory, or after another."""

from typing import Any

from django import forms

from maillage.contracts.footprints import Footprint
from maillage.contracts.proposed import ProposedParty, proposed_parties
from maillage.contracts.tables import KINDS
from maillage.web.forms.plain import PlainForm, choice, day, text


class NewContractForm(PlainForm):
    """The least one must say."""

    kind = choice("Nature", [(id, kind.label) for id, kind in KINDS.items()])
    name = text(
        "Nom du contrat", help_text="Celui du territoire, sans la nature : « Pays de Retz »."
    )
    territory = text(
        "Périmètre",
        most=8000,
        help_text="Le numéro SIREN d’un EPCI, « crte-… », ou plusieurs codes réunis par « + ».",
    )
    parties = forms.MultipleChoiceField(
        label="Parties proposées",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Celles qu’appelle ce périmètre ; on en ajoute et on en retire ensuite.",
    )
    parties_of = forms.CharField(required=False, widget=forms.HiddenInput)
    code = text("Code officiel", required=False, most=60)
    already = forms.BooleanField(label="Ce contrat est déjà signé", required=False)
    signed_on = day("Date de signature", required=False)
    ends_on = day(
        "Échéance", required=False,
        help_text="Vide, pour un contrat signé : la durée d’usage de sa nature.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, area: Footprint | None, **kwargs: Any) -> None:
        self.proposed = {one.id: one for one in proposed_parties(area)} if area else {}
        self.unseen = bool(area and data and data.get("parties_of") != area.territory)
        if area and (self.unseen or data is None):  # all ticked the first time they are shown
            data, kwargs["initial"] = self._shown(area, data, kwargs.get("initial", {}))
        super().__init__(data, **kwargs)
        if area is None:
            del self.fields["parties"], self.fields["parties_of"]
            return
        self.fields["parties"].choices = [(id, one.name) for id, one in self.proposed.items()]
        self.fields["parties"].widget.attrs.pop("class", None)

    def _shown(self, area: Footprint, data: Any, initial: dict[str, Any]) -> tuple[Any, Any]:
        ticked = list(self.proposed)
        if data is None:
            return None, initial | {"parties": ticked, "parties_of": area.territory}
        sent = data.copy()
        sent.setlist("parties", ticked)
        sent["parties_of"] = area.territory
        return sent, initial

    def chosen(self) -> list[ProposedParty]:
        """Once it is valid."""
        return [self.proposed[id] for id in self.cleaned_data.get("parties", ())]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("already"):
            if not found.get("signed_on"):
                self.add_error("signed_on", "Un contrat signé a cette date.")
            elif not found.get("ends_on") and found.get("kind"):
                found["ends_on"] = KINDS[found["kind"]].usual_end(found["signed_on"])
        return found


class SuccessorForm(PlainForm):
    """The contract that takes over."""

    kind = choice("Nature", [(id, kind.label) for id, kind in KINDS.items()])
    name = text("Nom du contrat")
    ends_on = day("Échéance", required=False)
