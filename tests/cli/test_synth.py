"""``maillage synth`` writes a country once, where nothing stands."""


def test_a_folder_that_holds_something_is_left_alone(run, tmp_path):
    (tmp_path / "kept.csv").write_text("1")
    told = run("synth", "--mirror", tmp_path)
    assert told.exit_code == 1
    assert "Remède" in told.output
    assert [path.name for path in tmp_path.iterdir()] == ["kept.csv"]


def test_steps_go_to_the_error_stream_unless_quiet(run, tmp_path):
    loud = run("synth", "--mirror", tmp_path / "loud")
    assert loud.exit_code == 0
    assert "Contours" in loud.stderr
    assert loud.stdout.splitlines() == [f"Le pays fictif est dans {tmp_path / 'loud'}."]
    assert run("synth", "--mirror", tmp_path / "quiet", "--quiet").stderr == ""
