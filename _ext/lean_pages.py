"""What no page needs is taken out of the built book.

The theme brings to every page a script of 1.5 MB that draws the icons once
more that a font has drawn, 2,000 icons of which a book shows two dozen, and
the search index, which only the page of results reads; beside them lie fonts
for browsers of long ago and maps for the theme's own developers.
"""

import re
import shutil
from pathlib import Path

from fontTools import subset
from sphinx.util.osutil import relative_uri

SUPERFLUOUS = (
    "locales",
    "scripts/fontawesome.js*",
    "*webpack-macros.html",
    "**/*.map",
    "**/*.ttf",
)
SCRIPT = re.compile(r"\s*<script\b[^>]*\bsrc=\"([^\"?]+)[^>]*></script>")
DRAWS_ICONS = "_static/scripts/fontawesome.js"
# Search as you type is off.
SEARCHES = (
    "_static/searchtools.js",
    "_static/language_data.js",
    "searchindex.js",
)
TTF = re.compile(r",\s*url\([^)]*\.ttf\) format\(\"truetype\"\)")
ICON = re.compile(r"\bfa-[a-z0-9][\w-]*")
ICON_RULE = re.compile(r"(?:\.fa-[\w-]+:before,?)+\{content:\"[^\"]*\"\}")
MAP = re.compile(r"\s*(?://|/\*)# sourceMappingURL=\S+?\.map(?: ?\*/)?\s*$")
ESCAPE = re.compile(r"\\([0-9a-fA-F]{4,5})\b")
PRIVATE = re.compile("[\ue000-\uf8ff]")


def make_lean(app, exception):
    """Do it once more after each build: a second time changes nothing."""
    if exception or app.builder.format != "html":
        return
    root = Path(app.outdir)
    static = root / "_static"
    for name in SUPERFLUOUS:
        for path in static.glob(name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    pages = [p for p in root.rglob("*.html") if static not in p.parents]
    scripts = [p for p in static.rglob("*.js") if p.parent.name != "katex"]
    icons = set()
    for path in pages:
        name = path.relative_to(root).as_posix()
        icons |= set(ICON.findall(change(path, without_scripts, name)))
    for path in scripts:
        icons |= set(ICON.findall(change(path, lambda t: MAP.sub("", t))))
    code_points = set()
    for path in static.rglob("*.css"):
        css = change(path, without_icons, icons)
        code_points |= {int(digits, 16) for digits in ESCAPE.findall(css)}
        code_points |= set(map(ord, PRIVATE.findall(css)))
    for path in static.glob("vendor/fontawesome/webfonts/*.woff2"):
        reduce_font(path, code_points)


def change(path, function, *arguments) -> str:
    """Write the changed text, if it did change, and return it."""
    text = path.read_text("utf-8")
    changed = function(text, *arguments)
    if changed != text:
        path.write_text(changed, "utf-8", newline="\n")
    return changed


def without_scripts(html: str, name: str) -> str:
    """The page without scripts that do nothing on it."""
    unused = [DRAWS_ICONS, *(SEARCHES if name != "search.html" else ())]
    urls = {relative_uri(name, file) for file in unused}
    return SCRIPT.sub(lambda m: "" if m[1] in urls else m[0], html)


def without_icons(css: str, icons: set[str]) -> str:
    """The style sheet without the rules of icons that no page shows."""

    def keep(rule):
        return rule[0] if icons & set(ICON.findall(rule[0])) else ""

    return ICON_RULE.sub(keep, TTF.sub("", MAP.sub("", css)))


def reduce_font(path: Path, code_points: set[int]) -> None:
    """Leave the glyphs of these code points."""
    options = subset.Options(flavor="woff2", layout_features=[])
    with subset.load_font(path, options) as font:
        if set(font.getBestCmap()) <= code_points:
            return
        tool = subset.Subsetter(options)
        tool.populate(unicodes=code_points)
        tool.subset(font)
        subset.save_font(font, path, options)


def setup(app):
    app.connect("build-finished", make_lean)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
