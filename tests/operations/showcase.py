"""A contract full of operations in a served site: python -m tests.operations.showcase.

Reads the editions and the base that the MAILLAGE_ variables name; prints, as JSON, what tests need.
"""

import json
from datetime import date, timedelta
from decimal import Decimal

import django

PASSWORD = "quatre chevaux bleus"
TITLES = (
    ("Voie verte entre les deux gares", "operation", "on_track"),
    ("Maison de santé de plateau", "study", "late"),
    ("Rénovation thermique de la piscine", "operation", "on_track"),
    ("Halle des producteurs et cuisine centrale", "study", "blocked"),
    ("Réseau de chaleur bois", "idea", "on_track"),
    ("Covoiturage domicile-travail avec l’agglomération", "operation", "on_track"),
    ("Friche de la laiterie", "study", "paused"),
    ("Restauration du bocage et des mares", "operation", "finished"),
    ("Tiers-lieu du bourg", "idea", "dropped"),
    ("Poste de chef de projet", "operation", "on_track"),
)


def main() -> None:
    django.setup()
    from django.conf import settings
    from tests.operations import world

    from maillage.contracts.actions.contracts import create_contract
    from maillage.contracts.actions.parties import add_party
    from maillage.contracts.actions.perimeters import set_perimeter
    from maillage.contracts.footprints import footprint
    from maillage.contracts.models import StrategyNode
    from maillage.engine.edition import current_edition
    from maillage.operations.actions import attached, funding
    from maillage.operations.actions.operations import open_operation
    from maillage.web.viewers import now

    at, today = now(), now().date()
    geography = current_edition(settings.EDITIONS).geography
    mesh = geography.mesh("epci")
    rows = [row for row in range(len(mesh.codes)) if len(mesh.unit_members(row)) >= 6]
    siren = mesh.codes[rows[0]]
    codes = [geography.codes[node] for node in mesh.unit_members(rows[0])]
    contract = create_contract(kind="crte", name=f"Pays {mesh.names[rows[0]]}", by=None, at=at)
    set_perimeter(
        contract=contract,
        revision=contract.revision,
        area=footprint(geography, siren),
        since=date(2021, 1, 1),
        by=None,
        at=at,
    )
    bodies = {
        name: world.organisation(name, nature)
        for name, nature in (
            (mesh.names[rows[0]], "cc"),
            ("CC voisine des Monts", "cc"),
            ("Commune de Bourg-Neuf", "commune"),
            ("Les Amis du bocage", "association"),
            ("Préfecture", "state"),
            ("Région", "region"),
            ("Agence de l’eau", "operator"),
        )
    }
    epci, other, commune, friends, state, region, water = bodies.values()
    for body, capacity in ((epci, "epci"), (other, "epci"), (state, "state"), (region, "region")):
        add_party(contract=contract, organisation=body, capacity=capacity, by=None, at=at)
    axe = StrategyNode.objects.create(
        contract=contract, kind="axe", number="1", title="Vivre et se déplacer autrement"
    )
    node = StrategyNode.objects.create(
        contract=contract,
        parent=axe,
        kind="orientation",
        number="1.1",
        title="Relier les bourgs sans voiture",
    )
    owners = [(epci,), (epci,), (commune,), (epci, other), (epci,), (epci, other), (commune,)]
    owners += [(friends,), (commune,), (epci,)]
    made = []
    for rank, ((title, phase, status), piloted) in enumerate(zip(TITLES, owners, strict=True)):
        cost = Decimal(120_000 + 85_000 * rank)
        running = title.startswith("Poste")
        operation = open_operation(
            contract=contract,
            title=title,
            owners=piloted,
            by=None,
            at=at,
            fields={
                "number": f"1.{rank + 1}",
                "phase": phase,
                "status": status,
                "blocked_reason": "Le foncier n’est pas maîtrisé." if status == "blocked" else "",
                "description": "Une opération du projet de territoire, décrite en quelques mots.",
                "ecology": "Moins de carbone, davantage de vivant.",
                "referent": "Anne Le Goff",
                "orientation_id": node.pk,
                "communes": codes[rank % 5 : rank % 5 + 1 + rank % 2],
                "priority": ("high", "medium", "low")[rank % 3],
                "next_step": "" if rank % 4 == 3 else "Choisir le maître d’œuvre",
                "next_step_on": None if rank % 4 == 3 else today + timedelta(days=12 * rank - 20),
                "starts_on": today - timedelta(days=200),
                "ends_on": today + timedelta(days=400 + 30 * rank),
                "running_cost" if running else "investment_cost": None if rank == 4 else cost,
            },
        )
        made.append(operation)
        if rank == 4:
            continue
        section = "running" if running else "investment"
        shares = ((("own_funds", 0.3), ("region", 0.3), ("fnadt", 0.4)) if running else
                  (("own_funds", 0.2), ("detr", 0.4), ("region", 0.25)))  # fmt: skip
        for source, share in shares:
            amount = (cost * Decimal(str(share))).quantize(Decimal("0.01"))
            fields = {
                "section": section,
                "asked": amount,
                "asked_on": today - timedelta(days=400),
                "funder_id": region.pk if source == "region" else None,
            }
            if rank in {0, 5, 7, 9} and source != "region":
                fields |= {"notified": amount, "notified_on": today - timedelta(days=300)}
            line = funding.add_line(
                operation=operation, source=source, by=None, at=at, fields=fields
            )
            funding.spread(
                line=line,
                revision=line.revision,
                years={today.year: (amount, amount / 2), today.year + 1: (Decimal(0), amount / 2)},
                by=None,
                at=at,
            )
    attached.note_interdependency(
        operation=made[5],
        shown={
            "flow": "commuting",
            "statement": "Un actif sur quatre travaille dans l’agglomération voisine",
            "value": "24,6",
            "unit": "% des actifs occupés résidents",
            "source": "Insee, recensement de la population",
            "vintage": "2021",
            "partner_name": "Agglomération voisine",
            "noted_on": today,
        },
        by=None,
        at=at,
    )
    lapsing(made[2], today, at)
    people = {}
    for role, body in (
        ("project_lead", epci),
        ("prefecture", state),
        ("region", region),
        ("funder", water),
    ):
        people[role] = sign_up(role, body, contract, at)
    funding.add_line(
        operation=made[0],
        source="agence_eau",
        by=None,
        at=at,
        fields={"asked": Decimal(18_000), "asked_on": today, "funder_id": water.pk},
    )
    print(
        json.dumps(
            {
                "slug": contract.slug,
                "people": people,
                "operations": {item.title: item.pk for item in made},
            }
        )
    )


def lapsing(operation, today, at):
    """Part paid, and sixty days from the end of its four years."""
    from maillage.operations.actions import funding
    from maillage.operations.actions.operations import edit_operation
    from maillage.operations.money_rules.calendar import years_after

    start = years_after(today + timedelta(days=60), -4)
    edit_operation(
        operation=operation,
        revision=operation.revision,
        fields={"starts_on": start, "ends_on": today + timedelta(days=30)},
        by=None,
        at=at,
    )
    line = operation.lines.get(source="detr")
    stages = {
        "asked_on": start - timedelta(days=200),
        "notified": line.asked,
        "notified_on": start - timedelta(days=90),
        "order": "Arrêté n° 2022-118",
    }
    funding.edit_line(line=line, revision=line.revision, fields=stages, by=None, at=at)
    funding.pay(
        line=line,
        amount=Decimal(30_000),
        day=start + timedelta(days=120),
        by=None,
        at=at,
        reference="Acompte",
    )


def sign_up(role, body, contract, at):
    """The address of somebody of that role, who signs in with ``PASSWORD``."""
    from maillage.accounts.actions.memberships import grant
    from maillage.accounts.models import Person

    who = Person(
        email=f"{role}@example.org", name=f"Camille {role.replace('_', ' ')}", joined_at=at
    )
    who.set_password(PASSWORD)
    who.save()
    over = {"contract_id": contract.pk}
    grant(person=who, organisation=body, role=role, by=None, at=at, since=date(2026, 1, 1), **over)
    return who.email


if __name__ == "__main__":
    main()
