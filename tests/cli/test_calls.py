"""``maillage appels``: national calls come in, doubtful rows are told."""

import pytest

from maillage.operations.models import ProjectCall

pytestmark = pytest.mark.django_db


def test_national_calls_come_in_and_doubtful_rows_are_told(run, tmp_path):
    table = tmp_path / "appels.csv"
    table.write_text("Nom;Financeur;Clôture\nHalte;ADEME;30/09/2030\nPont;ADEME;bientôt\n")
    told = run("appels", str(table))
    assert told.exit_code == 1
    assert "1 appel ajouté" in told.output.replace("\xa0", " ")
    assert "Ligne 3, à corriger" in told.output
    (call,) = ProjectCall.objects.all()
    assert (call.name, call.contract) == ("Halte", None)


def test_a_table_of_something_else_is_refused(run, tmp_path):
    table = tmp_path / "autre.csv"
    table.write_text("Un;Deux\n1;2\n")
    assert run("appels", str(table)).exit_code == 1
    assert not ProjectCall.objects.exists()
