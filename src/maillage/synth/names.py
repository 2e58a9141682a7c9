"""Invented names that sound French and belong to no real place."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize

import numpy as np
import yaml

ARTICLES = {2: "Le ", 3: "La ", 4: "Les ", 5: "L'"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the official code of communes writes it: ``tncc`` tells the article."""

    tncc: int
    enriched: str  # NCCENR: accents, no article

    @property
    def plain(self) -> str:
        """NCC: capitals, no accent, no hyphen, no apostrophe."""
        bare = "".join(c for c in normalize("NFD", self.enriched) if not combining(c))
        return bare.replace("Œ", "OE").replace("œ", "oe").translate(PLAIN).upper()

    @property
    def label(self) -> str:
        return ARTICLES.get(self.tncc, "") + self.enriched


PLAIN = str.maketrans("-'’", "   ")
ACUTE = "\u0301"


def invent_names(count: int, rng: np.random.Generator) -> list[Name]:
    """``count`` different names, different also once written in capitals."""
    names: list[Name] = []
    seen: set[str] = set()
    while len(names) < count:
        name = _name(rng)
        if name.plain not in seen:
            seen.add(name.plain)
            names.append(name)
    return names


def invent_stem(rng: np.random.Generator) -> str:
    """A bare name: Corbalières, Trévindreux…"""
    stem = _pick(rng, "heads") + (_pick(rng, "middles") if rng.random() < 0.6 else "")
    open_end = normalize("NFD", stem).rstrip(ACUTE)[-1] in "aeiou"
    return stem + _pick(rng, "tails_after_vowel" if open_end and rng.random() < 0.5 else "tails")


def of(name: str) -> str:
    """« de X » or « d’X », as a legal name needs it."""
    if name.startswith("Le "):
        return "du " + name[3:]
    if name.startswith("Les "):
        return "des " + name[4:]
    vowel = normalize("NFD", name)[0] in "AEIOUYH"
    return ("d'" if vowel else "de ") + name


def _name(rng: np.random.Generator) -> Name:
    kind = rng.random()
    if kind < 0.13:
        water = _pick(rng, "rivers")
        return _with_tncc(f"{invent_stem(rng)}-sur-{water}")
    if kind < 0.30:
        return Name(0, f"Saint-{_pick(rng, 'saints')}-{_particle(invent_stem(rng))}")
    if kind < 0.36:
        return Name(0, f"Val-{_particle(invent_stem(rng))}")
    if kind < 0.46:
        return _with_article(invent_stem(rng), rng)
    return _with_tncc(invent_stem(rng))


def _particle(stem: str) -> str:
    return of(stem).replace("de ", "de-")


def _with_tncc(text: str) -> Name:
    return Name(int(normalize("NFD", text)[0] in "AEIOUYH"), text)


def _with_article(stem: str, rng: np.random.Generator) -> Name:
    if _with_tncc(stem).tncc == 1:
        return Name(5, stem)
    return Name(int(rng.integers(2, 4)), stem)


def _pick(rng: np.random.Generator, kind: str) -> str:
    words = _words()[kind]
    return words[int(rng.integers(len(words)))]


@cache
def _words() -> dict[str, list[str]]:
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return {kind: words.split() for kind, words in yaml.safe_load(text).items()}
