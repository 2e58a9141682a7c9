"""One field, wherever an organisation is chosen: its name or its number, typed.

The browser completes it among the organisations one is likely to mean. What means none, or may
mean several, is said; those it may mean then come as buttons to choose from. No script.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from maillage.accounts.models import Organisation
from maillage.accounts.naming import meant, written
from maillage.accounts.roles import NATURES

#: Names that the browser completes among.
OFFERED = 60


class OrganisationInput(forms.TextInput):
    """A text, the list it completes among, and the answers to an unclear name."""

    template_name = "web/parts/organisation.html"

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.offered: list[str] = []
        self.candidates: list[tuple[str, str]] = []

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        found = super().get_context(name, value, attrs)
        widget = found["widget"]
        widget["attrs"]["list"] = f"{widget['attrs'].get('id', name)}_list"
        return found | {"offered": self.offered}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The button chosen among the answers stands for what was typed."""
        return data.get(f"{name}_chosen") or super().value_from_datadict(data, files, name)


class OrganisationField(forms.CharField):
    """Cleans into the organisation, None when it is left empty."""

    widget = OrganisationInput
    default_error_messages: ClassVar = {"required": "Écrivez le nom ou le SIREN de l’organisme."}

    def __init__(
        self, label: str, *, required: bool = True, help_text: str = "Son nom, ou son SIREN."
    ) -> None:
        super().__init__(label=label, required=required, help_text=help_text, max_length=300)
        self.held: Any = None

    def offer(self, usual: Iterable[Organisation], held: Any = None) -> None:
        """Those the browser completes among; ``held``: the one chosen until now, or its pk. It is
        meant when another has the very same name."""
        self.widget.offered = [written(one) for one in list(usual)[:OFFERED]]
        self.held = getattr(held, "pk", held)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Organisation.objects.filter(pk=value).first()
        return written(value) if isinstance(value, Organisation) else value

    def clean(self, value: Any) -> Organisation | None:
        text = super().clean(value)
        if not text:
            return None
        found, whole = meant(text)
        if whole and len(found) > 1:
            found = [one for one in found if one.pk == self.held] or found
        if whole and len(found) == 1:
            return found[0]
        self.widget.candidates = [(written(one, apart=True), NATURES[one.nature]) for one in found]
        raise forms.ValidationError(_said(text, len(found), whole))


def _said(text: str, count: int, whole: bool) -> str:
    if not count:
        return f"Aucun organisme connu ne répond à « {text} »."
    if whole:
        return f"Plusieurs organismes s’appellent « {text} » : choisissez le bon."
    return f"Aucun organisme ne s’appelle exactement « {text} » : choisissez celui que c’est."
