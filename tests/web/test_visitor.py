"""Limits bear on the visitor, not on the proxy; nobody escapes them by what they write."""

import pytest
from django.test import RequestFactory

from maillage.web.visitor import visitor

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.7", PROXY),  # nobody is trusted: the header is the visitor's own
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.9, 203.0.113.7", "203.0.113.7"),  # forged at the left
        (2, "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "198.51.100.9, 203.0.113.7,10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", PROXY),  # went round one of the two
        (1, "unknown", PROXY),
        (1, "203.0.113.7, ", PROXY),
        (1, "2001:DB8:0::1", "2001:db8::1"),
        (1, None, PROXY),
    ],
)
def test_the_address_is_read_from_the_right(settings, proxies, forwarded, expected):
    settings.PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, **headers)
    assert visitor(request) == expected


def test_a_forged_header_does_not_lift_a_limit(site, settings):
    settings.SEARCHES_PER_MINUTE, settings.PROXIES = 2, 1

    def asked(forged, address):
        told = f"{forged}, {address}"
        headers = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": told}
        return site.get("/recherche/suggestions/?q=arcy", **headers).status_code

    codes = [asked(f"198.51.100.{n}", "203.0.113.7") for n in range(3)]
    assert codes == [200, 200, 429]
    assert asked("198.51.100.1", "203.0.113.8") == 200  # another visitor of the same proxy
