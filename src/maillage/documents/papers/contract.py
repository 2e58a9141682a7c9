"""What the papers of a contract say: its text as frozen, its avenant."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from maillage.common.french import counted, listing, long_date, lowered, typeset
from maillage.contracts.diff import Change, Snapshot
from maillage.contracts.models import Avenant, ContractVersion, Decision, Signature
from maillage.contracts.readable import Row, parts, titles
from maillage.contracts.tables import CAPACITIES, INSTANCES, KINDS
from maillage.documents.papers.strategy import head_of, inscribed_rows, nodes

#: What each kind of party brings, by capacity; only those present are said.
COMMITMENTS: Mapping[str, tuple[str, str]] = {
    "state": (
        "L’État",
        "coordonne ses services et ses opérateurs, examine en priorité les demandes de financement "
        "des opérations du contrat et fait connaître ses décisions au comité de pilotage.",
    ),
    "epci": (
        "Les intercommunalités",
        "portent ou cofinancent les opérations de leur ressort, tiennent leurs fiches à jour et "
        "associent les communes.",
    ),
    "petr": ("Le pôle ou le pays", "anime le contrat et tient le portefeuille à jour."),
    "commune": ("Les communes", "réalisent les opérations dont elles sont maîtres d’ouvrage."),
    "region": (
        "La Région",
        "examine les opérations au regard de ses politiques et de ses contrats.",
    ),
    "departement": ("Le Département", "apporte son appui technique et ses financements."),
    "operator": ("Les opérateurs de l’État", "apportent leur expertise et leurs aides."),
    "private": ("Les acteurs privés", "prennent part aux opérations qui les concernent."),
    "civil": ("La société civile", "prend part au suivi et à l’évaluation du contrat."),
}
DRAFT = "Projet de texte : il n’est ni arrêté ni signé."


def contract_paper(
    snapshot: Snapshot,
    version: ContractVersion | None,
    signatures: Iterable[Signature],
    *,
    fictional: bool,
) -> dict[str, Any]:
    """Of a frozen text, all is taken from it: the paper never changes afterwards. Without a
    ``version`` it is the living contract, and says that it is a draft."""
    text = snapshot["contract"]["contract"]
    moment = (
        typeset(DRAFT)
        if version is None
        else f"Version {version.number}, texte arrêté le {long_date(version.frozen_at.date())}"
    )
    parties = [*_parties(snapshot)]
    operations = inscribed_rows(snapshot)
    return {
        **head_of(snapshot["contract"]["contract"], moment, fictional),
        "opening": typeset(KINDS[text["kind"]].opening),
        "chair": typeset(KINDS[text["kind"]].chair),
        "with_state": any(party["capacity"] == "state" for party in parties),
        "code": text["code"] or "–",
        "digest": version.digest if version else "–",
        "term": _term(text) or "à préciser",
        "duration": _duration(text),
        "perimeter": _perimeter(snapshot),
        "parties": parties,
        "commitments": [*_commitments(parties)],
        "programmes": [typeset(link["name"]) for link in snapshot["programmes"].values()],
        "state_of_play": typeset(text["state_of_play"]) or "À rédiger.",
        "project": typeset(text["project"]) or "À rédiger.",
        "strategy": [*nodes(snapshot["strategy"])],
        "operations": operations,
        "shared": [row for row in operations if row["shared"]],
        "signatures": signature_rows(snapshot["parties"], signatures),
    }


def avenant_paper(
    avenant: Avenant, after: Snapshot, changes: list[Change], *, fictional: bool
) -> dict[str, Any]:
    """``changes`` are those it takes; ``after`` is the text that they make."""
    base, version = avenant.base, avenant.version
    moment = (
        "Projet d’avenant, ni arrêté ni signé"
        if version is None
        else f"Texte arrêté le {long_date(version.frozen_at.date())}"
    )
    title = typeset(f"Avenant n° {avenant.number} : {avenant.title}")
    signatures = version.signatures.select_related("party__organisation") if version else ()
    return {
        **head_of(after["contract"]["contract"], moment, fictional),
        "title": title,
        "base": base.number,
        "purpose": typeset(avenant.purpose) or title,
        "parties": [*_parties(after)],
        "decisions": [_decision(item) for item in avenant.decisions.filter(rectified_by=None)],
        "parts": [*_parts(changes, base.snapshot, after)],
        "signatures": signature_rows({**base.snapshot["parties"], **after["parties"]}, signatures),
    }


def _perimeter(snapshot: Snapshot) -> str:
    held = snapshot["perimeter"].get("perimeter")
    if not held:
        return "à préciser"
    communes = counted(len(snapshot["communes"]), "commune")
    members = [member["name"] for member in snapshot["members"].values()]
    named = f" ; {listing(members)}" if members and members != [held["name"]] else ""
    return typeset(f"{held['name']} ({communes}, géographie {held['cog']}{named})")


def _term(text: Mapping[str, Any]) -> str:
    ends = [text["starts_on"], text["ends_on"]]
    shown = [long_date(date.fromisoformat(day)) if day else "" for day in ends]
    words = [f"du {shown[0]}" if shown[0] else "", f"au {shown[1]}" if shown[1] else ""]
    return " ".join(word for word in words if word)


def _duration(text: Mapping[str, Any]) -> str:
    term = _term(text)
    return f"Il est conclu pour la période qui va {term}." if term else "Sa durée reste à préciser."


def _parties(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    for party in snapshot["parties"].values():
        label = CAPACITIES[party["capacity"]].label
        yield {
            "name": typeset(party["name"]),
            "label": lowered(label),
            "capacity": party["capacity"],
            "mandate": typeset(_inside(party["mandate"])),
        }


def _inside(reference: str) -> str:
    """« délibération n° 12 » within a sentence; a proper name keeps its capital."""
    common = ("Délibération", "Arrêté", "Décision", "Convention", "Compte rendu")
    starts = reference.startswith(common)
    return reference[:1].lower() + reference[1:] if starts else reference


def _commitments(parties: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    held = {party["capacity"] for party in parties}
    for capacity, (who, text) in COMMITMENTS.items():
        if capacity in held:
            names = listing([p["name"] for p in parties if p["capacity"] == capacity])
            yield {"title": names, "text": typeset(f"{who} {text}")}


def signature_rows(
    parties: Mapping[str, Any], signatures: Iterable[Signature]
) -> list[dict[str, str]]:
    """Every party has its row: blank ones are signed by hand."""
    given = {str(item.party.organisation_id): item for item in signatures}
    return [
        _signature(typeset(party["name"]), given.get(key), party["mandate"])
        for key, party in parties.items()
    ]


def _signature(name: str, given: Signature | None, mandate: str) -> dict[str, str]:
    if given is None:
        return {"name": name, "signatory": "", "signed": "", "mandate": typeset(mandate)}
    who = ", ".join(part for part in (given.signatory, given.signatory_title) if part)
    act = given.mandate_reference or mandate
    when = f" du {long_date(given.mandate_on)}" if given.mandate_on else ""
    signed = typeset(f"signé le {long_date(given.signed_on)}")
    mandate = typeset(act + when)
    return {"name": name, "signatory": typeset(who), "signed": signed, "mandate": mandate}


def _decision(decision: Decision) -> str:
    instance = INSTANCES[decision.instance]
    day = long_date(decision.decided_on)
    reference = _inside(decision.reference)
    return typeset(f"{instance} du {day}, {reference} : {decision.subject}")


def _parts(changes: list[Change], before: Snapshot, after: Snapshot) -> Iterator[dict[str, Any]]:
    """``names``: entries of which nothing but the name is said, as one sentence a kind; ``plain``:
    whether every row came or went whole, so that « avant » would be empty."""
    for part in parts(changes, titles(before, after)):
        named = [row for row in part.rows if not (row.field or row.before or row.after)]
        yield {
            "title": part.title,
            "names": [*_named(named)],
            "rows": [_part_row(row) for row in part.rows if row not in named],
            "plain": all(not row.field for row in part.rows),
        }


def _named(rows: list[Row]) -> Iterator[str]:
    """« Ajouts (3) : Aunay, Bourg et Cerisy »."""
    for kind, label in (("added", "Ajouts"), ("removed", "Retraits")):
        called = [row.title for row in rows if row.kind == kind]
        if called:
            yield typeset(f"{label} ({len(called)}) : {listing(called)}")


def _part_row(row: Row) -> dict[str, str]:
    return {
        "title": typeset(row.title),
        "what": f"{row.label}{' : ' + row.field.lower() if row.field else ''}",
        "before": typeset(row.before) or "–",
        "after": typeset(row.after) or "–",
        "content": typeset(row.after or row.before) or "–",
    }
