"""What no page needs is taken out of the built book.

The theme brings to every page a script of 1.5 MB that draws the icons once
more that a font has drawn, 2,000 icons of which a book shows two dozen, and
the search index, which only the page of results reads; beside them lie fonts
for browsers of long ago and maps for the theme's own developers.

Figures are fetched when a reader comes near, into a place of their size.
"""

import re
import shutil
from pathlib import Path
from posixpath import basename

import imagesize
import one_script
import one_style_sheet
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
AT_ONCE = re.compile(r"<script\s+(?=[^>]*\bsrc=)(?![^>]*\bdefer\b)")
DRAWS_ICONS = "_static/scripts/fontawesome.js"
# Search as you type is off.
SEARCHES = (
    "_static/searchtools.js",
    "_static/language_data.js",
    "searchindex.js",
)
# The theme's script finds out whether "auto" is dark once the text is there:
# then every element is given its style a second time.
UNDECIDED = 'localStorage.getItem("theme") || "auto"'
DECIDED = (
    '({dark: "dark", light: "light"})[localStorage.getItem("mode")] || '
    '(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")'
)
FIGURE = re.compile(
    r"<img (?=[^>]*\bsrc=\"([^\"]*_images/[^\"]*)\")(?!loading)"
)
TTF = re.compile(r",\s*url\([^)]*\.ttf\) format\(\"truetype\"\)")
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
    for path in pages:
        change(path, with_scripts, path.relative_to(root).as_posix())
        change(path, with_sizes, root / "_images")
    for path in [*scripts, *static.rglob("*.css")]:
        change(path, lambda text: TTF.sub("", MAP.sub("", text)))
    # The page of results runs its scripts at once.
    one_script.make(root, [p for p in pages if p.name != "search.html"])
    css = one_style_sheet.make(root, pages, scripts)
    code_points = {int(digits, 16) for digits in ESCAPE.findall(css)}
    code_points |= set(map(ord, PRIVATE.findall(css)))
    for path in static.glob("vendor/fontawesome/webfonts/*.woff2"):
        reduce_font(path, code_points)


def change(path, function, *arguments) -> None:
    """Write the changed text, if it did change."""
    text = path.read_text("utf-8")
    changed = function(text, *arguments)
    if changed != text:
        path.write_text(changed, "utf-8", newline="\n")


def with_scripts(html: str, name: str) -> str:
    """The page with the scripts it needs, which do not keep it waiting.

    A script that is not deferred waits for the style sheets, and the text
    waits for it. The page of results must wait: its scripts run at once.
    """
    searches = name == "search.html"
    unused = [DRAWS_ICONS, *(() if searches else SEARCHES)]
    urls = {relative_uri(name, file) for file in unused}
    html = SCRIPT.sub(lambda m: "" if m[1] in urls else m[0], html)
    html = html.replace(UNDECIDED, DECIDED)
    if searches:
        return html
    html = AT_ONCE.sub("<script defer ", html)
    return html.replace("<script>", '<script type="module">')


def with_sizes(html: str, images: Path) -> str:
    """The page with the size of each figure, so that nothing moves."""

    def sized(match):
        width, height = imagesize.get(images / basename(match[1]))
        if width < 0:
            return match[0]
        return (
            f'<img loading="lazy" width="{width:.0f}" height="{height:.0f}" '
        )

    return FIGURE.sub(sized, html)


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
    # The theme writes a style sheet at this event too, before.
    app.connect("build-finished", make_lean, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
