"""What every form of the site shares: the look of its fields, French messages."""

from typing import Any

from django import forms


class PlainForm(forms.Form):
    """Fields get the theme’s class; errors of actions are shown above them."""

    template_name = "web/parts/form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
                field.widget.attrs.setdefault("class", "form-control")


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A date, with the browser’s own calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def text(label: str, *, required: bool = True, help_text: str = "", most: int = 250) -> Any:
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=most)


def prose(label: str, *, required: bool = True, help_text: str = "", rows: int = 5) -> Any:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=widget, max_length=20_000
    )


def choice(label: str, choices: Any, *, required: bool = True, help_text: str = "") -> Any:
    """``choices`` are pairs, or a table id -> label."""
    pairs = list(choices.items()) if hasattr(choices, "items") else list(choices)
    blank = [] if required and pairs else [("", "—")]
    return forms.ChoiceField(
        label=label, required=required, help_text=help_text, choices=[*blank, *pairs]
    )


class Revisable(PlainForm):
    """Carries the revision that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class RevisedForm(PlainForm):
    """A form that says which revision it was opened on."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
