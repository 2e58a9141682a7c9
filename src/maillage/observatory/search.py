"""Finds territories by name, code or SIREN, accents and small misspellings forgiven."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from maillage.engine.edition import Edition
from maillage.observatory.former_names import called, former_called
from maillage.observatory.search_text import WORD, plain, starting
from maillage.territory.geography import Geography
from maillage.territory.units import KnownUnit, unit_index

#: Below this likeness, out of 100, a name is not the one that was meant.
LIKENESS = 72
MAX_LENGTH = 100
#: Levels that sort communes into kinds: no territory answers to them.
STRATA = {
    "categorie_aav",
    "taille_aav",
    "taille_unite_urbaine",
    "densite",
    "ruralite",
    "centralite",
    "montagne",
}
#: Levels that no one governs: named after their main commune, which people mean first.
STATISTICAL = frozenset(
    {"aav", "unite_urbaine", "bassin_vie", "zone_emploi", "canton", "arrondissement"}
)
#: Small words that people leave out, or put in.
_SMALL = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "sur", "aux", "a"})


@dataclass(frozen=True)
class Hit:
    """A territory that answers to a text; ``context`` tells homonyms apart (its département)."""

    id: str
    name: str
    level: str
    nature: str
    context: str
    population: float | None


def search(edition: Edition, text: str, limit: int = 10) -> list[Hit]:
    """Best answers first: codes, whole names, beginnings, words, then names that look alike.

    Among equals the most populated first. A commune that is no more leads to the one that holds
    its land. Empty text, or nothing found: an empty list.
    """
    wanted, index = plain(text[:MAX_LENGTH]), search_index(edition.geography)
    found, former = index.find(wanted, limit), _former_hits(edition, wanted, index)
    meant = [hit for hit in found if not former or plain(hit.name).startswith(wanted)]
    told = {hit.id for hit in meant}
    new = [hit for hit in former if hit.id not in told]
    told |= {hit.id for hit in new}
    return [*meant, *new, *(hit for hit in found if hit.id not in told)][:limit]


@dataclass(frozen=True, eq=False)
class SearchIndex:
    """Every commune and unit of the current meshes, by code and by each word of its name."""

    geography: Geography

    def find(self, text: str, limit: int) -> list[Hit]:
        wanted = plain(text)
        if not wanted or limit < 1:
            return []
        found: dict[tuple[str, str], Hit] = {}
        for stage in (self._by_code, self._by_word, self._by_words, self._alike):
            for entry in stage(wanted):
                hit = self.hit(entry)
                found.setdefault((hit.id, plain(hit.name)), hit)
                if len(found) == limit:
                    return list(found.values())
        return list(found.values())

    def called(self, text: str) -> list[Hit]:
        """Every territory of that whole name, those that people mean first."""
        found: dict[str, Hit] = {}
        for entry in self._ranked((0, entry) for entry in self.by_name.get(plain(text), ())):
            hit = self.hit(entry)
            found.setdefault(hit.id, hit)
        return list(found.values())

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        entries: dict[str, list[int]] = {}
        for entry, name in enumerate(self.names):
            entries.setdefault(name, []).append(entry)
        return entries

    @cached_property
    def units(self) -> list[KnownUnit]:
        index = unit_index(self.geography)
        communes = [index.commune(node) for node in range(self.geography.n_communes)]
        current = (u for u in index if "@" not in u.id and u.level not in STRATA)
        return [index.country, *current, *communes]

    @cached_property
    def names(self) -> list[str]:
        return [plain(unit.name) for unit in self.units]

    @cached_property
    def population(self) -> list[float]:
        """Inhabitants of each unit, 0 where unknown: only an order."""
        known = np.nan_to_num(self.geography.population)
        return [float(known[unit.communes].sum()) for unit in self.units]

    @cached_property
    def codes(self) -> list[tuple[str, int]]:
        """Ids, and codes without their prefix, in order."""
        ids = [unit.id.lower() for unit in self.units]
        bare = [id.removeprefix("dep-").removeprefix("reg-") for id in ids]
        spelt = {(id.replace("-", ""), entry) for entry, id in enumerate(ids)}
        return sorted(spelt | {(id, entry) for entry, id in enumerate(bare)})

    @cached_property
    def suffixes(self) -> list[tuple[str, int]]:
        """What remains of each name from each of its words on, in order."""
        return sorted(
            (name[match.start() :], entry)
            for entry, name in enumerate(self.names)
            for match in WORD.finditer(name)
        )

    def _by_code(self, wanted: str) -> list[int]:
        if not any(c.isdigit() for c in wanted):
            return []
        found = starting(self.codes, wanted.replace(" ", ""))
        return self._ranked(
            (2 * len(code) + self._is_region(entry), entry) for code, entry in found
        )

    def _is_region(self, entry: int) -> bool:
        """A bare « 44 » is the département of that number before the region."""
        return self.units[entry].level == "region"

    def _by_word(self, wanted: str) -> list[int]:
        """Whole names, then names that begin so, then names with a word that begins so."""
        return self._ranked(
            (0 if name == wanted else 1 if name.startswith(wanted) else 2, entry)
            for _, entry in starting(self.suffixes, wanted)
            for name in (self.names[entry],)
        )

    def _by_words(self, wanted: str) -> list[int]:
        """Names that have a beginning of every word, in any order, small words apart."""
        words = [word for word in wanted.split() if word not in _SMALL]
        if len(words) < 2:
            return []
        having = ({entry for _, entry in starting(self.suffixes, word)} for word in words)
        return self._ranked((0, entry) for entry in set.intersection(*having))

    def _alike(self, wanted: str) -> list[int]:
        if wanted.replace(" ", "").isdigit():
            return []
        alike = process.extract(
            wanted, self.names, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=50
        )
        return self._ranked((-round(score / 4), entry) for _, score, entry in alike)

    def _ranked(self, entries: Iterable[tuple[int, int]]) -> list[int]:
        order = sorted(
            (rank + self._step_back(entry), -self.population[entry], entry)
            for rank, entry in entries
        )
        return [entry for _, _, entry in order]

    def _step_back(self, entry: int) -> int:
        """A whole name of a statistical area comes after all the elected ones."""
        return 3 if self.units[entry].level in STATISTICAL else 0

    def hit(self, entry: int) -> Hit:
        """Two units that are the same communes are one territory: same id, perhaps two names."""
        unit = self.units[entry]
        same = unit_index(self.geography).equal_to(unit.communes) or unit
        if plain(same.name) == self.names[entry]:
            unit = same
        count = self.geography.population[unit.communes].sum()
        return Hit(
            id=same.id,
            name=unit.name,
            level=unit.level,
            nature=unit.nature,
            context=self.context(unit),
            population=None if math.isnan(count) else float(count),
        )

    def context(self, unit: KnownUnit) -> str:
        """The département, or the first two when there are several; empty for the largest."""
        if unit.level in ("departement", "region", "pays"):
            return ""
        owner, names = self._departements
        owners = np.unique(owner[unit.communes])
        return ", ".join(names[o] for o in owners[owners >= 0][:2])

    @cached_property
    def _departements(self) -> tuple[np.ndarray, tuple[str, ...]]:
        levels = {mesh.level for mesh in self.geography.meshes if mesh.partition}
        if "departement" not in levels:
            return np.full(self.geography.n_communes, -1), ()
        mesh = self.geography.mesh("departement")
        return mesh.unit_of(self.geography.n_communes), mesh.names


def _former_hits(edition: Edition, wanted: str, index: SearchIndex) -> list[Hit]:
    """Today’s communes on the land of one that is no more, which their context names."""
    first = len(index.units) - edition.geography.n_communes  # communes come last
    found: dict[str, Hit] = {}
    for former in former_called(edition, wanted):
        for code, _ in former.lies:
            hit = index.hit(first + edition.geography.index[code])
            context = ", ".join(part for part in (hit.context, called(former)) if part)
            found.setdefault(hit.id, replace(hit, context=context))
    return list(found.values())


@lru_cache(maxsize=4)
def search_index(geography: Geography) -> SearchIndex:
    """The index of a geography, built on the first search."""
    return SearchIndex(geography)
