"""A page that fetches something from another host is a warning.

The book is read where there is no network, too. Links that a reader may
follow are free; what a browser fetches by itself is not. What scripts fetch
cannot be seen here: the browser tests see it.
"""

import re
from html import unescape
from pathlib import Path

from sphinx.util.logging import getLogger

LOGGER = getLogger(__name__)
TAG = re.compile(
    r"<(script|link|img|iframe|video|audio|source|track|embed|object|image"
    r"|use|input)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.I,
)
ATTRIBUTE = re.compile(
    r"(?<![\w-])(src|srcset|href|data|poster|rel)\s*=\s*"
    r"(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))",
    re.I,
)
# A link element of these kinds is for machines that index the web.
NOT_FETCHED = {"canonical", "alternate", "license", "author"}
EXTERNAL = re.compile(r"(?:^|[\s,])((?:https?:)?//[^\s,]+)", re.I)
STYLE = re.compile(
    r"<style\b[^>]*>(.*?)</style>|(?<=\s)style=\"([^\"]*)\"", re.I | re.S
)
CSS = re.compile(
    r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s;]+)", re.I
)
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def in_style(css: str) -> list[str]:
    """The external addresses that a style sheet fetches."""
    return CSS.findall(COMMENT.sub("", css))


def in_page(html: str) -> list[str]:
    """The external addresses that a page fetches."""
    html = re.sub(r"<!--.*?-->", "", html, flags=re.S)
    found = []
    for name, text in TAG.findall(html):
        attributes = {
            key.lower(): unescape("".join(values))
            for key, *values in ATTRIBUTE.findall(text)
        }
        kind = attributes.pop("rel", "").lower().split()
        if name.lower() == "link" and NOT_FETCHED & set(kind):
            continue
        for value in attributes.values():
            found += EXTERNAL.findall(value)
    for parts in STYLE.findall(html):
        found += in_style(unescape("".join(parts)))
    return found


def check(app, exception):
    """Look through everything that was built."""
    if exception or app.builder.format != "html":
        return
    root = Path(app.outdir)
    for suffix, search in ((".html", in_page), (".css", in_style)):
        for path in sorted(root.rglob(f"*{suffix}")):
            for url in search(path.read_text("utf-8")):
                name = path.relative_to(root).as_posix()
                LOGGER.warning(
                    "%s fetches from another host: %s. Take it into the book.",
                    name,
                    url,
                )


def setup(app):
    # After what changes the pages.
    app.connect("build-finished", check, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
