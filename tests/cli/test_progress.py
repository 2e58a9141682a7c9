"""Long work tells where it is, on the error stream, in a terminal and out of one."""

import io

from rich.console import Console
from rich.progress import Progress, TextColumn

from maillage.cli.progress import Downloads, Steps, downloads, steps


def bars(*, terminal):
    console = Console(file=io.StringIO(), force_terminal=terminal, width=80)
    return Progress(TextColumn("{task.description}"), console=console)


def test_out_of_a_terminal_each_step_is_a_line():
    plain = bars(terminal=False)
    tell = Steps(plain)
    tell("Lire")
    tell("Écrire [1/2]")
    assert plain.console.file.getvalue() == "Lire\nÉcrire [1/2]\n"


def test_in_a_terminal_the_step_under_way_takes_the_line_of_the_one_before():
    live = bars(terminal=True)
    tell = Steps(live)
    tell("Lire")
    tell("Écrire")
    assert [task.description for task in live.tasks] == ["Écrire"]


def test_each_file_has_its_bar():
    live = bars(terminal=True)
    tell = Downloads(live)
    tell("a.zip", 10, None)
    tell("a.zip", 50, 100)
    tell("b.zip", 1, 2)
    assert [(task.completed, task.total) for task in live.tasks] == [(50, 100), (1, 2)]


def test_only_errors_are_told_when_quiet(capsys):
    with steps(quiet=True) as tell:
        tell("Lire")
    with downloads(quiet=True) as tell_bytes:
        tell_bytes("a.zip", 1, 2)
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "")


def test_the_output_stream_is_left_to_the_answer(capsys):
    with steps(quiet=False) as tell:
        tell("Lire")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Lire" in shown.err
