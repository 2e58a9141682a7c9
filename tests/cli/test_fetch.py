"""``maillage fetch``: what came, what is left to do, and how it ends."""


def test_a_mirror_is_copied_and_the_second_copy_changes_nothing(run, tmp_path):
    origin = tmp_path / "key"
    (origin / "flows").mkdir(parents=True)
    (origin / "flows" / "table.csv").write_text("a;b\n1;2\n")
    first = run("fetch", "--mirror", origin, "--into", tmp_path / "here")
    assert first.exit_code == 0
    assert "1\u00a0fichier rapporté" in first.output
    assert (tmp_path / "here" / "flows" / "table.csv").read_text() == "a;b\n1;2\n"
    again = run("fetch", "--mirror", origin, "--into", tmp_path / "here")
    assert "0\u00a0fichier rapporté" in again.output


def test_a_file_above_the_limit_is_refused_and_fails_the_command(run, tmp_path, monkeypatch):
    origin = tmp_path / "key"
    origin.mkdir()
    with (origin / "large.csv").open("wb") as large:
        large.truncate((1 << 30) + 1)
    told = run("fetch", "--mirror", origin, "--into", tmp_path / "here", "--max-size", 1)
    assert told.exit_code == 1
    assert "large.csv" in told.output
    assert not (tmp_path / "here" / "large.csv").exists()


def test_an_unknown_card_is_not_found(run, tmp_path):
    told = run("fetch", "nulle_part", "--into", tmp_path)
    assert told.exit_code == 3
    assert "nulle_part" in told.output


def test_a_card_and_a_mirror_are_not_asked_together(run, tmp_path):
    told = run("fetch", "nulle_part", "--mirror", tmp_path, "--into", tmp_path / "here")
    assert told.exit_code == 2
