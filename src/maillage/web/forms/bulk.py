"""What several operations are given at once: what is left blank stays as it is in each."""

from typing import Any

from django import forms

from maillage.common.errors import InputError
from maillage.operations.vocabulary import choices
from maillage.web.forms.plain import PlainForm, choice, day, text

#: As the journal and the fiche name them.
_OUTSIDE = {"yes": "Oui", "no": "Non"}


class BulkForm(PlainForm):
    """A next step comes with its day: without one, that of the former step does not stay."""

    status = choice("Statut", choices("status"), required=False)
    phase = choice("Phase", choices("phase"), required=False)
    priority = choice("Priorité", choices("priority"), required=False)
    outside = choice("Hors contrat", _OUTSIDE, required=False)
    next_step = text("Prochaine étape", required=False)
    next_step_on = day("Date de cette étape", required=False)
    referent = text("Référent", required=False, most=200)
    reason = text("Motif, si elles sont bloquées ou abandonnées", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="b-%s", **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "inchangé"), *field.choices[1:]]

    def changes(self) -> dict[str, Any]:
        """Fields of operations, only what was filled. InputError for what is not understood."""
        if not self.is_valid():
            name, errors = next(iter(self.errors.items()))
            raise InputError(
                problem=f"{self.fields[name].label} : {errors[0]}", remedy="reprenez la liste."
            )
        given = {name: value for name, value in self.cleaned_data.items() if value}
        reason = given.pop("reason", "")
        if "outside" in given:
            given["outside"] = given["outside"] == "yes"
        if "next_step" in given:
            given.setdefault("next_step_on", None)
        for status, name in (("blocked", "blocked_reason"), ("dropped", "dropped_reason")):
            if given.get("status") == status:
                given[name] = reason
        return given
