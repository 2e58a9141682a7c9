"""What a refused page says to a person."""

import re
from html import unescape


def said(answer) -> list[str]:
    """The sentences of its main part, the title and the links left out."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    paragraphs = re.findall(r"<p(?: class=\"lead\")?>(?!<a)(.*?)</p>", main, re.DOTALL)
    text = " ".join(unescape(re.sub("<[^>]+>", "", one)) for one in paragraphs)
    return re.findall(r"[^.]+\.(?=\s|$)", text.replace("\u202f", " "))


def told_with_its_remedy(answer) -> bool:
    """What is wrong, then what to do, without the word of the command line."""
    return len(said(answer)) > 1 and "Remède" not in answer.content.decode()
