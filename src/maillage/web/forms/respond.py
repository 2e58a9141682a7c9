"""The form that answers an interdependency of the observatory by an operation."""

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.accounts.models import Organisation
from maillage.operations.models import Operation
from maillage.web.forms.plain import PlainForm, choice, text
from maillage.wording.kept import Kept


class RespondForm(PlainForm):
    """``subject``: which figure is kept. An operation that exists, or the title of a new one with
    its maîtres d’ouvrage: ids of organisations, or SIREN of those that are not here yet."""

    subject = forms.ChoiceField(label="Chiffre gardé", widget=forms.RadioSelect)
    operation = choice("Opération", (), required=False)
    title = text("Intitulé de la nouvelle opération", required=False)
    owners = forms.MultipleChoiceField(
        label="Maîtres d’ouvrage", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        kept: Iterable[Kept],
        operations: Iterable[Operation],
        bodies: Iterable[tuple[str, str]],
        may_open: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [(one.about, one.statement) for one in kept]
        new = [("", "Une nouvelle opération")] if may_open else [("", "—")]
        known = [(str(one.pk), f"{one.number} {one.title}".strip()) for one in operations]
        self.fields["operation"].choices = [*new, *known]
        self.fields["owners"].choices = list(bodies)
        for name in ("subject", "owners"):  # buttons and boxes, not fields to type in
            self.fields[name].widget.attrs.pop("class", None)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("operation"):
            if not given.get("title", "").strip():
                self.add_error("title", "Donnez un intitulé, ou choisissez une opération.")
            if not given.get("owners"):
                self.add_error("owners", "Choisissez au moins un maître d’ouvrage.")
        return given


def body_choices(
    parties: Iterable[Organisation], newcomers: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Those of the contract, then the partners that are not: « siren:299000018 »."""
    return [
        *((str(body.pk), body.name) for body in parties),
        *((f"siren:{siren}", f"{name} (partenaire)") for siren, name in newcomers),
    ]
