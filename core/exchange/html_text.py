"""The words of a web page or an HTML mail; scripts, styles and addresses of pictures are none."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MOST = 800_000
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg"})
_BREAKS = frozenset(
    {"p", "div", "br", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "pre"}
    | {"section", "article", "header", "footer", "dd", "dt"}
)
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self.words.append("\n\n" if tag in _APART else "\n")
        elif tag in ("td", "th"):
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _APART:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(re.sub(r"\s+", " ", data))


def html_text(html: str) -> str:
    """Lines as they are seen, blank ones at most single."""
    parser = _Words()
    parser.feed(html[:MOST])
    parser.close()
    lines = [" ".join(one.split()) for one in "".join(parser.words).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
