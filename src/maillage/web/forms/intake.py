"""Who a name of a spreadsheet is."""

from typing import Any

from django import forms
from django.db.models import Q

from maillage.accounts.models import Organisation
from maillage.accounts.roles import NATURES
from maillage.contracts.models import Contract


class KnownOwnerForm(forms.Form):
    """An organisation of the contract, or the nature of a new one of that name."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), required=False, empty_label="Un nouvel organisme…"
    )
    nature = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, contract: Contract, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        rows = Organisation.objects.filter(
            Q(parties__contract=contract) | Q(piloted__operation__contract=contract)
        )
        self.fields["organisation"].queryset = rows.distinct()
        self.fields["nature"].choices = [("", "Sa nature…"), *NATURES.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("organisation") and not given.get("nature"):
            raise forms.ValidationError("Ce maître d’ouvrage n’est pas encore reconnu.")
        return given
