"""What an operator may say through the environment."""

import pytest

from maillage.common.errors import InputError
from maillage.config import environment


@pytest.mark.parametrize(("value", "on"), [("1", True), ("oui", True), ("0", False), ("", False)])
def test_flag(monkeypatch, value, on):
    monkeypatch.setenv("MAILLAGE_X", value)
    assert environment.flag("X") is on


def test_flag_is_off_unless_said(monkeypatch):
    monkeypatch.delenv("MAILLAGE_X", raising=False)
    assert environment.flag("X") is False


def test_flag_refuses_what_it_does_not_understand(monkeypatch):
    monkeypatch.setenv("MAILLAGE_X", "peut-être")
    with pytest.raises(InputError, match=r"MAILLAGE_X.*peut-être"):
        environment.flag("X")


def test_a_count_is_digits(monkeypatch):
    monkeypatch.delenv("MAILLAGE_X", raising=False)
    assert environment.count("X") == 0
    monkeypatch.setenv("MAILLAGE_X", "2")
    assert environment.count("X") == 2
    for wrong in ("-1", "deux", "²"):
        monkeypatch.setenv("MAILLAGE_X", wrong)
        with pytest.raises(InputError, match="MAILLAGE_X"):
            environment.count("X")


def test_words_take_commas_and_spaces(monkeypatch):
    monkeypatch.setenv("MAILLAGE_X", "a.fr, b.fr  c.fr")
    assert environment.words("X", "") == ["a.fr", "b.fr", "c.fr"]
    monkeypatch.setenv("MAILLAGE_X", "")
    assert environment.words("X", "d") == ["d"]


def test_secret_key_is_made_once_and_kept_to_its_owner(monkeypatch, tmp_path):
    monkeypatch.delenv("MAILLAGE_SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path / "var")
    assert len(key) >= 50
    assert environment.secret_key(tmp_path / "var") == key
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert environment.secret_key(tmp_path / "other") != key


def test_secret_key_may_be_given(monkeypatch, tmp_path):
    monkeypatch.setenv("MAILLAGE_SECRET_KEY", "donnée")
    assert environment.secret_key(tmp_path) == "donnée"
    assert list(tmp_path.iterdir()) == []
