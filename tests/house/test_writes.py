"""Only actions write: elsewhere a write would leave no line in the journal, and ask no revision."""

import ast
from collections.abc import Iterator
from pathlib import Path

import yaml

SRC = Path(__file__).parents[2] / "src" / "maillage"
#: Rooms that know Django; import-linter keeps it from the others.
ROOMS = (
    *("accounts", "contracts", "operations", "participation", "steering"),
    *("documents", "demo", "web", "api", "config"),
)
WRITES = {
    *("save", "create", "update", "delete", "bulk_create", "bulk_update"),
    *("get_or_create", "update_or_create", "add", "set", "clear", "remove"),
}
#: Those that lists, sets and forms have too: they write only through a manager of related rows.
RELATED = {"add", "set", "clear", "remove"}
EXCEPTIONS = yaml.safe_load(Path(__file__).with_name("writes.yaml").read_bytes())


def writes(tree: ast.AST) -> Iterator[str]:
    """The calls of a module by which a row may be written, as they read; raw SQL too."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, of = node.func.attr, node.func.value
        if name in RELATED and not _is_related(of):
            continue
        if name in WRITES:
            yield ast.unparse(node.func)
        elif name in {"execute", "executemany"}:
            yield f"{ast.unparse(node.func)} (SQL)"


def _is_related(node: ast.AST) -> bool:
    """``operation.owners.add``: an attribute of an attribute, that is no field of a form."""
    return isinstance(node, ast.Attribute) and node.attr in {"owners", "places", "memberships"}


def outside() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((SRC / room).rglob("*.py")):
            parts = path.relative_to(SRC).parts
            if "actions" in parts or parts[-1] == "actions.py" or "migrations" in parts:
                continue
            for call in writes(ast.parse(path.read_text())):
                yield "/".join(parts), call


def test_nothing_writes_outside_the_actions():
    found = set(outside())
    excused = {(file, call) for file, calls in EXCEPTIONS.items() for call in calls}
    assert found - excused == set(), "écrivez dans un module « actions », ou dites pourquoi non"
    assert excused - found == set(), "ces exceptions ne servent plus"
    assert all(len(why) > 10 for calls in EXCEPTIONS.values() for why in calls.values())


def test_the_search_finds_every_way_of_writing():
    code = """
def view(request):
    row.save(update_fields=["x"])
    Model.objects.filter(pk=1).update(x=2)
    person.sessions.all().delete()
    Model.objects.bulk_create([])
    operation.owners.add(body)
    seen.add(1)
    cursor.execute("DELETE FROM x")
"""
    assert sorted(writes(ast.parse(code))) == [
        "Model.objects.bulk_create",
        "Model.objects.filter(pk=1).update",
        "cursor.execute (SQL)",
        "operation.owners.add",
        "person.sessions.all().delete",
        "row.save",
    ]
