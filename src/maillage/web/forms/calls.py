"""The form of a call for projects."""

from decimal import Decimal
from typing import Any

from django import forms

from maillage.accounts.roles import NATURES
from maillage.operations.funding_sources import funding_sources
from maillage.operations.iso37101 import headings
from maillage.operations.project_calls.reading import checked
from maillage.web.forms.amounts import AmountField
from maillage.web.forms.plain import PlainForm, choice, day, text


class ProjectCallForm(PlainForm):
    """As ``actions.project_calls`` writes it."""

    name = text("Nom de l’appel")
    funder = text("Financeur", most=200)
    source = choice("Source de financement", ())
    opens_on = day("Ouverture", required=False)
    closes_on = day("Clôture", required=False)
    link = text("Lien", required=False, most=400, help_text="L’adresse entière, avec https://.")
    owners = forms.MultipleChoiceField(
        label="Porteurs éligibles",
        required=False,
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucun coché : tout porteur.",
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        required=False,
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Domaines d’action de la grille ISO 37101. Aucun coché : tout thème.",
    )
    minimum = AmountField("Minimum de l’aide")
    maximum = AmountField("Maximum de l’aide")
    rate = forms.IntegerField(
        label="Taux maximum, en %", required=False, min_value=1, max_value=100
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: Any = self.fields
        known["source"].choices = [(s.id, s.title) for s in funding_sources().values() if s.is_aid]
        known["owners"].choices = [*NATURES.items()]
        known["themes"].choices = [(id, card.title) for id, card in headings("issue").items()]

    def clean_rate(self) -> Decimal | None:
        rate = self.cleaned_data["rate"]
        return None if rate is None else Decimal(rate) / 100

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and (problems := checked(given)):
            raise forms.ValidationError([problem[:1].upper() + problem[1:] for problem in problems])
        return given
