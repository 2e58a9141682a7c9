"""``maillage demo``: refuses a country that is not the fictional one."""

from tests.tiny import write_edition


def test_a_country_without_enough_contracts_is_refused_with_a_remedy(run, tmp_path, db):
    write_edition(tmp_path)
    told = run("demo", "--editions", tmp_path)
    assert told.exit_code == 1
    assert "Remède" in told.output
