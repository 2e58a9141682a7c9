"""Small editions that the questions are asked of."""

import pytest

from maillage.engine.edition import current_edition
from maillage.engine.writer import EditionWriter

from ..engine.worlds import country


@pytest.fixture
def make_edition(tmp_path):
    """An open edition of these flows and stocks."""

    def make(*flows, stocks=(), geography=None, catalog=None, grants=None):
        with EditionWriter(tmp_path) as writer:
            writer.write_geography(geography or country(8))
            for cells in flows:
                writer.write_flow(cells)
            for values in stocks:
                writer.write_stock(values)
            if grants is not None:
                writer.write_grants(grants)
            if catalog is not None:
                writer.write_catalog(catalog)
            writer.publish()
        return current_edition(tmp_path)

    return make
