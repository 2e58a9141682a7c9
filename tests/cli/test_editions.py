"""``maillage editions`` and the exit codes a script can rely on."""

import json


def test_no_edition_is_told_with_its_remedy(run, tmp_path):
    told = run("editions", "--editions", tmp_path)
    assert told.exit_code == 3
    assert "maillage build" in told.output
    assert "Traceback" not in told.output


def test_a_file_is_no_folder(run, tmp_path):
    (tmp_path / "file").write_text("")
    told = run("editions", "--editions", tmp_path / "file")
    assert told.exit_code == 2
    assert "n’est pas un dossier" in told.output


def test_editions_are_listed(run, demo_editions):
    (edition,) = json.loads(run("editions", "--editions", demo_editions, "--format", "json").stdout)
    assert edition["current"]
    assert edition["fictional"]
    assert {"flow": "commuting", "year": 2022} in edition["flows"]
    table = run("editions", "--editions", demo_editions).stdout
    assert edition["id"][:12] in table
    assert "fictives" in table
    header, row = run(
        "editions", "--editions", demo_editions, "--format", "csv"
    ).stdout.splitlines()
    assert header.split(";")[:3] == ["Édition", "Courante", "COG"]
    assert row.split(";")[0] == edition["id"][:12]
