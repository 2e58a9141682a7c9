"""Fills a base in bulk: one contract made row by row, then copied by the base itself.

Copies keep the shape of the first: copy ``k`` of row ``i`` among ``n`` has the id ``i + k × n``.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from bench.contracts.sizes import OPERATIONS
from maillage.accounts.models import Membership, Organisation, Person
from maillage.accounts.tokens import digest
from maillage.contracts.models import Contract, ContractPlace, Party, StrategyNode
from maillage.operations.models import (
    CalendarFeed,
    FundingLine,
    Operation,
    Payment,
    Pilot,
    YearShare,
)

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
DAY = date(2026, 1, 10)
#: Sources of the six lines of an operation, and whether an organisation is asked by its name.
SOURCES = (
    ("detr", False),
    ("dsil", False),
    ("region", True),
    ("ademe", True),
    ("departement", True),
    ("own_funds", False),
)
#: From the fewest rows to the most; each stands on those before.
COPIED = (
    *(Contract, ContractPlace, StrategyNode, Party),
    *(Operation, Pilot, FundingLine, Payment, YearShare),
)
#: Territories of the first contract, where its readers are.
FIRST_PLACES = {
    "epci": "epci-0",
    "arrondissement": "arr-0",
    "departement": "dep-0",
    "region": "reg-0",
    "pays": "pays",
}
#: Territories of a copy, by level: what copy ``k`` is in.
PLACES = {
    "epci": "'epci-' || k",
    "arrondissement": "'arr-' || (k % 330)",
    "departement": "'dep-' || (k % 101)",
    "region": "'reg-' || (k % 18)",
    "pays": "'pays'",
}


def first_contract() -> None:
    """One contract in force, its operations and their lines, and people of several roles."""
    owner, region, ademe, departement = (
        Organisation.objects.create(name=name, nature=nature)
        for name, nature in (
            ("CC d’un bourg", "cc"),
            ("Région", "region"),
            ("ADEME", "operator"),
            ("Département", "departement"),
        )
    )
    funders = {"region": region, "ademe": ademe, "departement": departement}
    contract = Contract.objects.create(
        slug="contrat",
        kind="crte",
        name="Contrat",
        status="in_force",
        lead=owner,
        signed_on=DAY,
        in_force_on=DAY,
        starts_on=DAY,
        ends_on=date(2031, 12, 31),
        created_at=AT,
    )
    ContractPlace.objects.bulk_create(
        ContractPlace(contract=contract, level=level, place=place, name=level)
        for level, place in FIRST_PLACES.items()
    )
    axe = StrategyNode.objects.create(contract=contract, kind="axe", number="1", title="Axe")
    node = StrategyNode.objects.create(
        contract=contract, parent=axe, kind="orientation", number="1.1", title="Orientation"
    )
    Party.objects.create(
        contract=contract, organisation=owner, capacity="epci", required=True, since=DAY
    )
    for number in range(OPERATIONS):
        _operation(contract, node, owner, funders, number)
    _people(owner, ademe, contract)


def _operation(
    contract: Contract,
    node: StrategyNode,
    owner: Organisation,
    funders: Mapping[str, Organisation],
    number: int,
) -> None:
    """One in ten is blocked, one in ten done, a few are dropped; the others wait for something."""
    made = Operation.objects.create(
        contract=contract,
        number=f"1.{number + 1}",
        title=f"Opération {number + 1}",
        orientation=node,
        investment_cost=Decimal(600_000),
        starts_on=DAY + timedelta(days=15 * number),
        ends_on=date(2029, 9, 1),
        communes=["01001"],
        created_at=AT,
        changed_at=AT,
        **_progress(number),
    )
    Pilot.objects.create(operation=made, organisation=owner)
    for source, named in SOURCES:
        _line(made, source, funders[source] if named else None, number)


def _progress(number: int) -> dict[str, Any]:
    """Fields of the stage, the phase and the status."""
    fields: dict[str, Any] = {}
    if number % 5 == 0:
        step = DAY + timedelta(days=270 + 6 * number)
        fields |= {"next_step": "Comité technique", "next_step_on": step}
    if number % 4 == 1:
        fields |= {"stage": "action", "ready_on": DAY, "description": "Une opération. " * 6}
    if number % 10 == 7:
        fields |= {"status": "blocked", "blocked_reason": "Le terrain n’est pas acquis."}
    if number % 10 == 9:
        fields |= {"phase": "operation", "status": "finished"}
    return fields | ({"status": "dropped"} if number % 20 == 13 else {})


def _line(operation: Operation, source: str, funder: Organisation | None, number: int) -> None:
    """Half are granted, one in twelve long ago: these soon lapse."""
    granted_on = DAY - timedelta(days=360 if number % 12 == 5 else 0)
    line = FundingLine.objects.create(
        operation=operation,
        source=source,
        funder=funder,
        level="state" if number % 3 else "parties",
        asked=Decimal(100_000),
        asked_on=granted_on - timedelta(days=30),
        notified=Decimal(100_000) if number % 2 else None,
        notified_on=granted_on if number % 2 else None,
        file_number=f"{source}-{number}",
    )
    YearShare.objects.create(line=line, year=2026, committed=Decimal(100_000))
    if number % 4 == 1:
        Payment.objects.create(line=line, paid_on=DAY, amount=Decimal(10_000))


def _people(owner: Organisation, ademe: Organisation, contract: Contract) -> None:
    prefecture = Organisation.objects.create(name="Préfecture", nature="state")
    roles = (
        ("project_lead", owner, "", contract.pk),
        ("local_agent", owner, "epci-0", None),
        ("sous_prefecture", prefecture, "arr-0", None),
        ("prefecture", prefecture, "dep-0", None),
        ("sgar", prefecture, "reg-0", None),
        ("anct", prefecture, "pays", None),
        ("funder", ademe, "pays", None),
    )
    for role, body, territory, named in roles:
        person = Person.objects.create(email=f"{role}@exemple.fr", name=role, joined_at=AT)
        CalendarFeed.objects.create(person=person, digest=digest(role), made_at=AT)
        Membership.objects.create(
            person=person,
            organisation=body,
            role=role,
            territory=territory,
            contract_id=named,
            since=DAY,
        )


def copies(count: int) -> None:
    """``count`` more contracts like the first, and what the base must know to plan questions."""
    sizes = {model: model.objects.count() for model in COPIED}
    with connection.cursor() as cursor:
        for model in COPIED:
            cursor.execute(_copy(model, sizes, count))
        for statement in connection.ops.sequence_reset_sql(no_style(), COPIED):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _copy(model: type[models.Model], sizes: Mapping[type[models.Model], int], count: int) -> str:
    table, quote = model._meta.db_table, connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(_value(model, field, sizes) for field in fields)
    return (
        f"WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {count}) "
        f"INSERT INTO {quote(table)} ({columns}) SELECT {values} FROM {quote(table)} AS t, n "
        f"WHERE t.{quote(model._meta.pk.column)} <= {sizes[model]}"
    )


def _value(
    model: type[models.Model],
    field: models.Field,
    sizes: Mapping[type[models.Model], int],
) -> str:
    column = f"t.{connection.ops.quote_name(field.column)}"
    target = model if field.primary_key else field.related_model
    if target in sizes:
        return f"{column} + k * {sizes[target]}"
    if isinstance(field, models.UUIDField):
        random = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}
        return random[connection.vendor]
    if model is Contract and field.name in ("slug", "name"):
        return f"{column} || '-' || k"
    if model is ContractPlace and field.name == "place":
        cases = " ".join(f"WHEN '{level}' THEN {place}" for level, place in PLACES.items())
        return f"CASE t.level {cases} END"
    return column
