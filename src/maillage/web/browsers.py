"""A browser told in words, from what it says of itself (the ``User-Agent`` header, RFC 9110)."""

#: Looked for in this order: most browsers also claim to be the ones below them.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def browser_named(agent: str) -> str:
    """« Firefox sur Windows »; what is not recognised is quoted, cut to 70 characters."""
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    if not browser:
        return agent[:70] or "Navigateur inconnu"
    return f"{browser} sur {system}" if system else browser


def _first(words: dict[str, str], agent: str) -> str:
    return next((name for mark, name in words.items() if mark in agent), "")
