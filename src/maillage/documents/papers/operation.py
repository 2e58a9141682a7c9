"""What a fiche says, from the content of a maquette: living or arrêtée, it is laid out alike."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from maillage.common.french import listing, long_date, typeset
from maillage.contracts.tables import OPINIONS
from maillage.documents.standing import PARTIAL, PROGRAMMED, Standing
from maillage.operations.iso37101 import headings
from maillage.operations.maquette.content import Content
from maillage.operations.maquette.taxes import NO_TOTAL, mixes
from maillage.operations.money import money, total
from maillage.operations.vocabulary import label

_NONE = "–"
#: Longer texts of a fiche, shown when they are written.
_PARAGRAPHS = (
    ("ecology", "Contribution à la transition écologique"),
    ("beneficiaries", "Bénéficiaires"),
    ("risks", "Risques"),
)


def operation_paper(
    operation: Content, standing: Standing, communes: Mapping[str, str]
) -> dict[str, Any]:
    """``operation`` is an entry of the content; ``communes`` the names of those codes known."""
    return {
        "title": typeset(operation["title"]),
        "number": operation["number"],
        "running": typeset(f"{operation['number']} {operation['title']} – {standing.running}"),
        "contract": standing.contract,
        "fictional": standing.fictional,
        "sort": "Fiche action" if operation["stage"] == "action" else "Fiche projet",
        "owners": _owners(operation),
        "blocked": typeset(operation["blocked_reason"]) if operation["status"] == "blocked" else "",
        "orientation": typeset(operation["orientation"]) or "Sans orientation",
        "progress": _progress(operation),
        "calendar": _calendar(operation),
        "next_step": _step(operation),
        "place": listing([communes.get(code, code) for code in operation["communes"]]) or _NONE,
        "referents": _referents(operation),
        "partners": typeset(operation["partners"]) or _NONE,
        "opinion": _opinion(operation),
        "description": typeset(operation["description"]) or "À décrire.",
        "paragraphs": [
            {"title": title, "text": typeset(operation[name])}
            for name, title in _PARAGRAPHS
            if operation[name]
        ]
        + _programmes(operation),
        **_money(operation, standing.whole),
        "indicators": [*_indicators(operation)],
        "interdependencies": [*_interdependencies(operation)],
        "cells": _cells(operation),
    }


def _programmes(operation: Content) -> list[dict[str, str]]:
    """A maquette arrêtée before operations named them has none."""
    names = operation.get("programmes", ())
    title = "Programmes et contrats rattachés"
    return [{"title": title, "text": typeset(listing(names))}] if names else []


def _owners(operation: Content) -> str:
    names = [owner["name"] for owner in operation["owners"]]
    if not names:
        return "Sans maître d’ouvrage"
    return typeset(f"Maîtrise d’ouvrage : {listing(names)}")


def _progress(operation: Content) -> str:
    words = [
        f"phase « {label('phase', operation['phase']).lower()} »",
        label("status", operation["status"]).lower(),
        f"priorité {label('priority', operation['priority']).lower()}",
        f"maturité : {label('maturity', operation['maturity']).lower()}",
    ]
    marks = (("outside", "hors contrat"), ("early", "préfiguratrice"))
    words += [word for name, word in marks if operation[name]]
    text = typeset(", ".join(words))
    return text[:1].upper() + text[1:]


def _calendar(operation: Content) -> str:
    days = [_day(operation["starts_on"]), _day(operation["ends_on"])]
    match days:
        case ["", ""]:
            return "Non daté"
        case [start, ""]:
            return f"À partir du {start}"
        case ["", end]:
            return f"Jusqu’au {end}"
    return f"Du {days[0]} au {days[1]}"


def _step(operation: Content) -> str:
    day = _day(operation["next_step_on"])
    step = typeset(operation["next_step"]) or _NONE
    return f"{step} ({day})" if day else step


def _referents(operation: Content) -> str:
    told = ((operation["referent"], "référent"), (operation["elected_referent"], "élu référent"))
    return typeset(" ; ".join(f"{name} ({what})" for name, what in told if name)) or _NONE


def _opinion(operation: Content) -> str:
    if not operation["cotech_opinion"]:
        return "Non rendu"
    word = OPINIONS[operation["cotech_opinion"]]
    return f"{word}, le {_day(operation['cotech_on'])}"


def _money(operation: Content, whole: bool) -> dict[str, Any]:
    costs = {
        "en investissement": _euros(operation["investment_cost"]),
        "en fonctionnement": _euros(operation["running_cost"]),
    }
    known = {name: cost for name, cost in costs.items() if cost is not None}
    parts = [f"{money(cost)} {name}" for name, cost in known.items()]
    cost = total(known.values()) if known else None
    told = "Coût non chiffré." if cost is None else f"Coût : {' et '.join(parts)}."
    return {
        "tax": "toutes taxes comprises" if operation["tax"] == "ttc" else "hors taxes",
        "cost": typeset(told),
        "funding": [*_lines(operation, whole)],
        "balance": _balance(operation, cost) if whole else "",
        "caution": typeset(PROGRAMMED if whole else f"{PROGRAMMED} {PARTIAL}"),
    }


def _balance(operation: Content, cost: Decimal | None) -> str:
    """Nothing where the cost is not known; no gap between amounts before and after tax."""
    if mixes(operation):
        return NO_TOTAL
    if cost is None:
        return ""
    found = total(Decimal(line["brings"]) for line in operation["lines"])
    gap = cost - found
    if gap > 0:
        return typeset(f"Reste à trouver : {money(gap)}.")
    if gap < 0:
        return typeset(f"Les financements dépassent le coût de {money(-gap)}.")
    return "Le plan de financement est équilibré."


def _lines(operation: Content, whole: bool) -> Iterator[dict[str, str]]:
    for line in operation["lines"]:
        granted = line["agreed"] if line["agreed"]["euros"] else line["notified"]
        outcome = "refusé" if line["refused_on"] else "caduc" if line["lapsed_on"] else ""
        known = not line["funder"] or line["funder"].startswith(line["source"])
        who = line["funder"] or line["source"] if known else f"{line['source']} ({line['funder']})"
        tax = line.get("tax", operation["tax"])
        words = (who, tax.upper() if tax != operation["tax"] else "", outcome)
        yield {
            "source": typeset(", ".join(filter(None, words))),
            "section": "fonctionnement" if line["section"] == "running" else "investissement",
            "asked": _dated(line["asked"]),
            "granted": _dated(granted),
            "paid": _shown(line["paid"]),
            "brings": _shown(line["brings"]),
        }
    if whole and len(operation["lines"]) > 1 and not mixes(operation):
        sums = {name: total(Decimal(line[name]) for line in operation["lines"])
                for name in ("paid", "brings")}  # fmt: skip
        shown = {name: money(amount) for name, amount in sums.items()}
        yield {"source": "Total", "section": "", "asked": "", "granted": "", **shown}


def _dated(stage: Mapping[str, str | None]) -> str:
    """The amount, its day under it."""
    day = date.fromisoformat(stage["day"]) if stage["day"] and stage["euros"] else None
    return _shown(stage["euros"]) + (f"\n{day:%d/%m/%Y}" if day else "")


def _shown(text: str | None) -> str:
    return _NONE if text is None else money(Decimal(text))


def _indicators(operation: Content) -> Iterator[dict[str, str]]:
    for item in operation["indicators"]:
        target = " ".join(part for part in (item["target"], item["unit"]) if part)
        yield {
            "name": typeset(item["name"]),
            "question": label("question", item["question"]),
            "target": typeset(target) or _NONE,
        }


def _interdependencies(operation: Content) -> Iterator[dict[str, str]]:
    for item in operation["interdependencies"]:
        noted = long_date(date.fromisoformat(item["noted_on"]))
        yield {
            "statement": typeset(item["statement"]),
            "source": typeset(
                f"{item['value']} ({item['unit']}). {item['source']}, {item['vintage']} ; "
                f"relevé le {noted}."
            ),
        }


def _cells(operation: Content) -> str:
    purposes, issues = headings("purpose"), headings("issue")
    pairs = [
        f"{purposes[purpose].title} × {issues[issue].title.lower()}"
        for purpose, issue in operation["cells"]
        if purpose in purposes and issue in issues
    ]
    return typeset(" ; ".join(pairs))


def _day(text: str | None) -> str:
    return long_date(date.fromisoformat(text)) if text else ""


def _euros(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
