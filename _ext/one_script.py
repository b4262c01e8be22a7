"""One script of those that every page runs.

Each that a page asks for costs a slow line a journey of its own.
"""

import re
from pathlib import Path

from one_style_sheet import PART, parts, write

# One with other attributes may read them, and stays.
SCRIPT = re.compile(r"\s*<script defer src=\"([^\"?]+)[^\" ]*\"></script>")
PRELOAD = re.compile(r"\s*<link rel=\"preload\" as=\"script\"[^>]*>")
NAME = "_static/scripts.js"


def make(root: Path, pages: list[Path]) -> None:
    """Write the script and let all pages ask for it alone."""
    # A line of its own ends a last comment, a semicolon a last statement.
    js = "".join(
        PART.format(name) + (root / name).read_text("utf-8") + "\n;"
        for name in parts(root, pages, SCRIPT, NAME)
    )
    write(root, pages, NAME, js, with_script)


def with_script(html: str, url: str) -> str:
    """The page with this one script in place of the first of its own."""
    first = SCRIPT.search(html)
    if not first:
        return html
    script = f'\n<script defer src="{url}"></script>'
    rest = SCRIPT.sub("", html[first.end() :])
    return PRELOAD.sub("", html[: first.start()]) + script + rest
