"""Requests drawn from the description, sound or not: no fault of ours, answers as described."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from schemathesis.specs.openapi.checks import positive_data_acceptance

from maillage.api.v1 import description
from maillage.config.wsgi import application

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(description())))
schema.app = application


@pytest.fixture
def served_here(site, settings):
    """The tiny country, without any limit of rate."""
    settings.API_CALLS_PER_MINUTE = 1_000_000
    settings.ALLOWED_HOSTS = ["*"]


@schema.parametrize()
@drawing(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_request_is_answered_as_described(served_here, case):
    # A code well written may be that of nothing: a list of them is then refused, and says which.
    excluded = [positive_data_acceptance] if case.path == "/api/v1/perimeters" else []
    case.call_and_validate(
        base_url="http://localhost",
        headers={"Accept-Encoding": "identity"},
        excluded_checks=excluded,
    )
