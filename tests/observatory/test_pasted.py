"""Pasted lists: what each text names today, and what is handed back with its line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tiny import CODES, NAMES

from maillage.common.errors import InputError
from maillage.engine.edition import Edition, current_edition
from maillage.observatory.pasted.lists import MAX_ENTRIES, read_rows, read_text


@pytest.fixture(scope="session")
def tiny(tiny_editions) -> Edition:
    return current_edition(tiny_editions)


@pytest.mark.parametrize(
    "text",
    [
        "01001 02002",
        "01001;02002",
        "01001,02002\n",
        "01001\t02002",
        "01001|02002",
        "\ufeff01001\r\n02002\r\n",
        '"01001"\n\n="02002"',
        "Arcy\nDunes-sur-Mer",
        "arcy, DUNES SUR MER",
        "01001 Arcy\n02002 - Dunes-sur-Mer",
        "Arcy (01001)\nDunes-sur-Mer 02002",
        "01001.0\n02002.0",
        "https://maillage.example/territoires/01001/\nhttps://m.example/territoires/02002/flux/",
    ],
)
def test_any_separator_and_any_writing(tiny, text):
    read = read_text(tiny, text)
    assert read.ids == ("01001", "02002")
    assert read.plain


def test_groupings_départements_and_joined_ids(tiny):
    read = read_text(tiny, "200 000 001\nCC des Deux Rives\nDEP-02\nL’Aval\n01001+03001")
    assert [taken.found.id for taken in read.taken] == [
        *("200000001", "200000001", "dep-02", "200000001", "01001+03001")
    ]
    assert not read.left


def test_a_lost_zero_is_restored_and_told(tiny):
    read = read_text(tiny, "1001\n02001")
    assert read.ids == ("01001", "02001")
    assert read.noted[0].found.note == "« 1001 » se lit 01001 : son zéro de tête est rétabli."
    assert not read.plain


def test_only_four_figures_get_a_zero(tiny):
    read = read_text(tiny, "101")
    assert read.ids == ()
    assert "département" in read.left[0].unclear.problem


def test_a_former_commune_takes_the_one_it_joined_and_says_so(tiny):
    for text in ("01009", "1009", "Vieil-Arcy", "01009 Vieil-Arcy"):
        read = read_text(tiny, text)
        assert read.ids == ("01001",)
        assert read.noted[0].found.note.endswith(
            "Vieil-Arcy (01009) n’est plus une commune : elle fait partie d’Arcy (01001), "
            "qui est prise entière."
        )


def test_a_split_commune_is_for_the_person_to_decide(tiny):
    [left] = read_text(tiny, "Valcorvol").left
    assert "partagées" in left.unclear.problem
    assert {choice.id for choice in left.unclear.choices} == {"02001", "02002"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("99999", "aucune commune n’a ce code en 2025"),
        ("999999999", "numéro SIREN"),
        ("20000000100019", "SIRET"),
        ("123456", "ni un code de commune ni un numéro SIREN"),
        ("02", "département ou d’une région"),
        ("Arcyville", "aucun territoire ne porte ce nom"),
        ("01001 Dunes-sur-Mer", "ce code est celui de Arcy"),
        ("<script>alert(1)</script>", "aucun territoire"),
        ("../../etc/passwd", "aucun territoire"),
        ("z25.AAAA", "incomplet ou altéré"),
        ("01001+99999", "inconnu"),
        ("1" * 5000, "aucun territoire"),
    ],
)
def test_what_names_nothing_is_handed_back_with_its_line(tiny, text, part):
    read = read_text(tiny, f"01001\n\n{text}")
    assert read.ids == ("01001",)
    [left] = read.left
    assert left.entry.line == 3
    assert part in left.unclear.problem
    assert left.unclear.remedy


def test_a_likely_name_is_proposed(tiny):
    [left] = read_text(tiny, "Dune sur mère").left
    assert left.unclear.choices[0].id == "02002"


def test_repeated_lines_are_counted_once(tiny):
    read = read_text(tiny, "01001\n01001\narcy")
    assert read.ids == ("01001",)
    assert read.repeated == 1


@pytest.mark.parametrize("text", ["", "  \n;;\n", "\ufeff"])
def test_an_empty_list_is_refused(tiny, text):
    with pytest.raises(InputError, match="vide"):
        read_text(tiny, text)


@pytest.mark.parametrize("mark", ["\n", " ", ";"])
def test_a_list_too_long_is_refused(tiny, mark):
    with pytest.raises(InputError, match="dépasse"):
        read_text(tiny, mark.join(f"{number:05}" for number in range(MAX_ENTRIES + 1)))


@given(
    st.lists(st.sampled_from(range(5)), min_size=1), st.sampled_from(["\n", ";", ", ", "\t", " "])
)
def test_codes_come_back_as_they_were(tiny, picked, mark):
    """Nothing more and nothing less than what was written."""
    read = read_text(tiny, mark.join(CODES[number] for number in picked))
    assert set(read.ids) == {CODES[number] for number in picked}
    assert not read.left


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_words(tiny, text):
    with suppress(InputError):
        read = read_text(tiny, text)
        assert len(read.taken) + len(read.left) > 0


# Tables


def rows(text: str) -> list[list[str]]:
    return [line.split(";") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("CODGEO;LIBGEO;EPCI\n01001;Arcy;200000001\n02002;Dunes;200000002", "« CODGEO »"),
        ("Libellé;Code commune\nArcy;01001\nDunes;02002", "« Code commune »"),
        ("nom;habitants\nArcy;12000\nDunes-sur-Mer;54000", "« nom »"),
        ("Code postal;Ville\n01002;Arcy\n02001;Dunes-sur-Mer", "« Ville »"),
        ("commune;code\nx;01001\ny;02002", "« code »"),
        ("a;b;c\nx;01001;12\ny;02002;7", "« b »"),
        ("x;01001;12.5\ny;02002;7.5", "la 2ᵉ"),
        ("Arcy;3\nDunes-sur-Mer;4", "la première"),
    ],
)
def test_the_column_is_found_and_named(tiny, table, said):
    read = read_rows(tiny, rows(table))
    assert read.ids == ("01001", "02002")
    assert said in read.column
    assert [taken.entry.line for taken in read.taken][-1] == len(table.splitlines())


def test_a_column_of_départements_reads_bare_numbers(tiny):
    assert read_rows(tiny, rows("Département;x\n1;a\n02;b")).ids == ("dep-01", "dep-02")


def test_a_pasted_table_is_read_as_one(tiny):
    read = read_text(tiny, "insee\tpopulation\n01001\t02002\n03001\t01002")
    assert read.ids == ("01001", "03001")


def test_columns_that_are_all_codes_are_one_list(tiny):
    assert read_text(tiny, "01001;01002\n02001;02002").ids == ("01001", "01002", "02001", "02002")


def test_a_table_without_territories_is_refused(tiny):
    with pytest.raises(InputError, match="aucune colonne"):
        read_rows(tiny, rows("a;b\nrouge;1\nbleu;2"))


def test_lines_of_a_table_count_its_header_and_its_blanks(tiny):
    read = read_rows(tiny, rows("codgeo;x\n\n01001;a\n99999;b"))
    assert [(left.entry.line, left.entry.text) for left in read.left] == [(4, "99999")]


def test_every_name_of_the_country_is_its_own(tiny):
    assert read_text(tiny, "\n".join(NAMES)).ids == CODES
