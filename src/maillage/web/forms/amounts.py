"""Euros as people type them."""

from decimal import Decimal
from typing import Any

from django import forms

from maillage.common.errors import InputError
from maillage.operations.money import figures, parse_amount

TAXES = {"ht": "Hors taxes", "ttc": "Toutes taxes comprises"}


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
