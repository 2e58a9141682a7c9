"""Whom an operation has for maîtres d’ouvrage: ticked, searched for, or named anew."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from maillage.accounts.roles import NATURES
from maillage.contracts.models import Contract
from maillage.operations.owners import Candidate, named, places_of, search_owners, usual_owners
from maillage.web.forms.plain import PlainForm, choice, text

#: The button that looks for an organisation and writes nothing.
SEARCH = "chercher"


class OwnersForm(PlainForm):
    """``owners`` holds ids of candidates (``operations.owners``). What is searched for comes as
    more boxes to tick; without a script the same button does it."""

    owners = forms.MultipleChoiceField(
        label="Maîtres d’ouvrage",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Plusieurs pour une opération partagée ; le premier coché la pilote.",
    )
    owner_search = text(
        "Chercher un autre organisme",
        required=False,
        most=100,
        help_text="Tout organisme connu, et les EPCI et communes du périmètre.",
    )
    owner_name = text("Ou en nommer un nouveau", required=False)
    owner_nature = choice("Sa nature", NATURES, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places_of(contract)
        self.results = search_owners(self.data.get("owner_search", ""), self.places)
        held = [str(id) for id in self.initial.get("owners", ())]
        ticked = self.data.getlist("owners") if self.is_bound else []
        usual = [str(one.pk) for one in usual_owners(contract)]
        found = [one.id for one in self.results]
        self.candidates = named([*held, *usual, *ticked, *found], self.places)
        plain_names = {*held, *usual}
        self.fields["owners"].choices = [
            (one.id, one.name if one.id in plain_names else one.label) for one in self.candidates
        ]

    @property
    def searching(self) -> bool:
        return SEARCH in self.data

    def full_clean(self) -> None:
        """A search keeps what was typed and judges nothing."""
        super().full_clean()
        if self.searching:
            self._errors = ErrorDict()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        found = {one.id for one in self.results}
        if found and not found & set(given.get("owners", ())):
            self.add_error("owner_search", "Cochez l’organisme trouvé, ou videz la recherche.")
        if given.get("owner_search") and not self.results:
            self.add_error("owner_search", "Aucun organisme de ce nom : nommez-le ci-dessous.")
        if bool(given.get("owner_name", "").strip()) != bool(given.get("owner_nature")):
            self.add_error("owner_name", "Un nouvel organisme a un nom et une nature.")
        return given

    def chosen(self) -> list[Candidate]:
        """Once it is valid: those that are ticked, then the new one."""
        by_id = {one.id: one for one in self.candidates}
        ticked = [by_id[id] for id in self.cleaned_data["owners"]]
        name = " ".join(self.cleaned_data["owner_name"].split())
        new = [Candidate("", name, self.cleaned_data["owner_nature"])] if name else []
        return [*ticked, *new]
