"""The house stands as pyproject.toml draws it, in modules one can read."""

import ast
import re
from pathlib import Path
from statistics import quantiles

from importlinter.cli import lint_imports

VAGUE = {"utils", "util", "helpers", "helper", "services", "service", "manager", "base", "misc"}


def test_every_import_goes_down(root: Path) -> None:
    assert lint_imports(config_filename=str(root / "pyproject.toml"), no_cache=True) == 0


def test_no_module_has_a_name_that_says_nothing(modules: dict[Path, ast.Module]) -> None:
    assert [
        str(path) for path in modules if path.stem in VAGUE or re.fullmatch(r"part_?\d+", path.stem)
    ] == []


def test_every_module_and_package_says_what_it_is_for(modules: dict[Path, ast.Module]) -> None:
    silent = [str(path) for path, tree in modules.items() if not ast.get_docstring(tree)]
    assert silent == []


def test_modules_can_be_read_in_one_sitting(
    texts: dict[Path, str], modules: dict[Path, ast.Module]
) -> None:
    lengths = {str(path): texts[path].count("\n") for path in modules}
    assert quantiles(lengths.values(), n=10)[8] <= 200
    assert {path: n for path, n in lengths.items() if n > 400} == {}


def test_functions_are_short(modules: dict[Path, ast.Module]) -> None:
    lengths = {
        f"{path}:{node.lineno} {node.name}": node.end_lineno - node.body[0].lineno + 1
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert quantiles(lengths.values(), n=10)[8] <= 25
    assert {name: n for name, n in lengths.items() if n > 60} == {}
