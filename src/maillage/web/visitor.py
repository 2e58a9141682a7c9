"""The address a request comes from, seen through the proxies that stand before the site."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def visitor(request: HttpRequest) -> str:
    """Its IP address, as the outermost of the ``settings.PROXIES`` trusted proxies saw it.

    Each proxy adds, at the right of ``X-Forwarded-For``, the address that called it; what stands
    further left was sent by the visitor and proves nothing. The address of the connection where
    the header is too short or unreadable: the request did not come through all of them.
    """
    called_by = str(request.META.get("REMOTE_ADDR", ""))
    proxies = int(settings.PROXIES)
    if not proxies:
        return called_by
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return (_address(told[-proxies]) if len(told) >= proxies else "") or called_by


def _address(text: str) -> str:
    """Written one way only, whatever the way it came; empty for what is no address."""
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return ""
