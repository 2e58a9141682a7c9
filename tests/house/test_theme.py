"""A class has one home: two partials that style it alone would undo each other’s work unseen."""

import re
from collections import defaultdict
from pathlib import Path

#: How paper looks is one subject, told across classes.
ACROSS = {"_print.scss"}
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
ALONE = re.compile(r"\.([\w-]+)")


def classes(text: str) -> set[str]:
    """Those that a rule styles alone, in media queries too; what is nested is the parent’s."""
    found: set[str] = set()
    piece, around = "", []
    for letter in COMMENT.sub("", text):
        if letter == "{":
            if all(outer.startswith("@") for outer in around):
                alone = (ALONE.fullmatch(part.strip()) for part in piece.split(","))
                found |= {match[1] for match in alone if match}
            around.append(piece.strip())
        elif letter == "}":
            around.pop()
        piece = "" if letter in "{};" else piece + letter
    return found


def test_the_reader_finds_them() -> None:
    text = ".a,\n.b { x: y; } // .c {}\n@media print { .d { .e { x: y } } } .f .g { x: y }"
    assert classes(text) == {"a", "b", "d"}


def test_a_class_is_styled_in_one_partial(root: Path) -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    folder = root / "src/maillage/web/theme"
    for partial in sorted(folder.glob("_*.scss")):
        for name in classes(partial.read_text(encoding="utf-8")):
            if partial.name not in ACROSS:
                homes[name].append(partial.name)
    assert len(homes) > 200
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}
