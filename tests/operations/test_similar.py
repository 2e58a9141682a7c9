"""Similar operations next door are pointed out; the far and the unlike are not."""

from maillage.operations.similar import Candidate, similar

HERE = Candidate(1, "Voie verte de la vallée de l’Erdre", frozenset({"mobility"}), (0, 0))


def test_the_same_project_next_door_is_found_whatever_the_order_of_words():
    near = Candidate(2, "Vallée de l’Erdre : voie verte", frozenset(), (10, 0))
    found = similar(HERE, [near])
    assert [item.candidate for item in found] == [near]
    assert found[0].km == 10


def test_what_is_far_or_unlike_is_left_out():
    far = Candidate(2, "Voie verte de la vallée de l’Erdre", frozenset(), (300, 0))
    unlike = Candidate(3, "Maison de santé", frozenset({"mobility"}), (1, 0))
    assert similar(HERE, [HERE, far, unlike]) == ()


def test_what_they_share_brings_them_closer_and_distance_parts_them():
    title = "Voie verte du canal"
    alone, shared, away = (
        Candidate(2, title, frozenset(), (0, 0)),
        Candidate(3, title, frozenset({"mobility"}), (0, 0)),
        Candidate(4, title, frozenset({"mobility"}), (40, 0)),
    )
    scores = {item.candidate.id: item.score for item in similar(HERE, [alone, shared, away])}
    assert scores[3] > scores[2]
    assert scores[3] > scores.get(4, 0)


def test_an_unknown_place_does_not_hide_a_likeness():
    found = similar(HERE, [Candidate(2, HERE.title)])
    assert found[0].km is None
