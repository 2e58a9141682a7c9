"""The form of an agenda: what is on it, what the contract suggests, a point of one’s own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from maillage.governance.actions.meetings import Point
from maillage.governance.models import AgendaItem
from maillage.governance.proposals import Proposed
from maillage.governance.tables import ITEMS
from maillage.web.forms.plain import Revisable, choice, text

#: What one may write on an agenda without naming an object of the contract.
FREE = ("decision", "information")
#: The fields of an item.
PARTS = ("rank", "title", "detail", "drop")


class AgendaForm(Revisable):
    """The agenda as it is, what the state of the contract suggests, and a new point.

    A title left blank changes nothing: somebody may have added a point meanwhile.
    """

    agenda = forms.CharField(label="Ordre du jour", required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        items: Sequence[AgendaItem],
        suggested: Sequence[Proposed],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"items": items, "suggested": suggested}
        self.items, self.suggested = items, suggested
        for item in items:
            self._item(item)
        self.fields["take"] = forms.MultipleChoiceField(
            label="Points proposés", required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(point.key, point.title) for point in suggested],
        )  # fmt: skip
        labels = [(id, ITEMS[id].label) for id in FREE]
        self.fields["new_kind"] = choice("Nature", labels)
        self.fields["new_title"] = text("Intitulé", required=False, most=300)
        self.fields["new_detail"] = text("Précision", required=False, most=2000)
        for name in ("new_kind", "new_title", "new_detail"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def _item(self, item: AgendaItem) -> None:
        parts: Mapping[str, forms.Field] = {
            "rank": forms.IntegerField(
                label=f"Rang : {item.title}", required=False, min_value=1, max_value=999,
                initial=item.rank,
            ),
            "title": forms.CharField(
                label=f"Intitulé du point {item.rank}", required=False, max_length=300,
                initial=item.title,
            ),
            "detail": forms.CharField(
                label=f"Précision du point {item.rank}", required=False, max_length=2000,
                initial=item.detail,
            ),
            "drop": forms.BooleanField(label=f"Retirer : {item.title}", required=False),
        }  # fmt: skip
        for name, field in parts.items():
            if name != "drop":
                field.widget.attrs["class"] = "form-control"
            self.fields[f"{name}_{item.pk}"] = field

    def lines(self) -> list[dict[str, Any]]:
        """The fields of each item, for the page."""
        return [
            {"item": item, **{part: self[f"{part}_{item.pk}"] for part in PARTS}}
            for item in self.items
        ]

    def points(self) -> list[Point]:
        """The agenda to write, in order: what stays, what was ticked, what was typed."""
        given, ranked = self.cleaned_data, []
        for item in self.items:
            if given[f"drop_{item.pk}"]:
                continue
            title = given[f"title_{item.pk}"] or item.title
            shown = f"detail_{item.pk}" in self.data
            detail = given[f"detail_{item.pk}"] if shown else item.detail
            rank = given[f"rank_{item.pk}"] or item.rank
            # Of two points of one rank, the one that was moved there comes where it was moved.
            moved = (rank > item.rank) - (rank < item.rank)
            ranked.append((rank, moved, item.rank, Point(item.kind, title, detail, item.pk)))
        kept = [point for *_, point in sorted(ranked, key=lambda one: one[:3])]
        ticked = [p for p in self.suggested if p.key in given["take"]]
        typed = [Point(given["new_kind"], given["new_title"], given["new_detail"])] * bool(
            given["new_title"]
        )
        return [*kept, *map(_point, ticked), *typed]


def _point(found: Proposed) -> Point:
    return Point(
        found.kind, found.title, found.detail,
        operation=found.operation, avenant=found.avenant, year=found.year,
    )  # fmt: skip
