"""What can be seen in a notebook without running it.

A check takes a page and yields (cell or None, message) for each thing that
is not as it should be; a check of the book as a whole takes all the pages
and yields (file, message). Both tables stand at the end of their part.
"""

import ast
import posixpath
import re
import statistics
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml
from pybtex.database import parse_file

from tools import notebook
from tools.environment import BOOKS, ROOT

FRAMEWORKS = ["numpy", "tensorflow", "pytorch"]
TAB = "tab-"
# A tab set that leaves a framework out says so with one of these tags.
ONLY = {
    "only-tensorflow": ["tensorflow"],
    "only-pytorch": ["pytorch"],
    "only-frameworks": ["tensorflow", "pytorch"],
}
TAGS = {
    "hide-input", "hide-output", "hide-cell", "raises-exception",
    "nbval-ignore-output", *ONLY, *(TAB + name for name in FRAMEWORKS),
}  # fmt: skip
RTOL = re.compile(r"rtol-(0\.\d+|\de-\d+)")
PACKAGES = {
    "numpy", "matplotlib", "mpl_toolkits", "tensorflow", "keras", "torch",
    "pandas", "scipy", "sklearn", "sympy", "mpmath", "networkx",
    *sys.stdlib_module_names,
}  # fmt: skip
ALIASES = {
    "numpy": "np", "matplotlib.pyplot": "plt", "matplotlib": "mpl",
    "tensorflow": "tf", "pandas": "pd", "sympy": "sp", "keras": None,
    "torch": None, "mpmath": None, "sklearn": None, "scipy": None,
    "networkx": "nx",
}  # fmt: skip
COURSE = {  # keys that must be there, keys that may
    "chapters": (
        {"minutes", "prerequisites", "differences"},
        {"needs", "reference", "seconds"},
    ),
    "solutions": ({"minutes", "points"}, {"needs", "seconds"}),
}
COURSE["exercises"] = COURSE["solutions"]
NBGRADER = {
    "grade", "grade_id", "locked", "points", "schema_version", "solution",
    "task", "cell_type", "checksum",
}  # fmt: skip

ENDINGS = (".ipynb", ".md")
SIZE = 300  # kilobytes
WIDTH = 79
LINES = 25  # of a cell that is not folded and not one class
PLOT_LINES = 12  # of a plotting cell that is not folded
MEDIAN = 6
ALT = 40  # characters
IGNORED = 0.03  # of the code cells of the book

PATH = re.compile(
    r"(?<![\w.:/])/(?:home|root|tmp|usr|opt|var|mnt|Users|work|content)/"
    r"|\b[A-Z]:\\\w|file://|localhost|127\.0\.0\.1|\.internal\b"
)
UNREPEATABLE = {
    "an ANSI color code": re.compile("\x1b"),
    "a memory address": re.compile(r"\b0x[0-9a-f]{6,}"),
    "a path of one machine": PATH,
    "a measured time": re.compile(
        r"\d\s?[mµun]?s/(?:step|epoch)|Wall time|CPU times|\d (?:ms|µs|ns)\b"
        r"|± .* per loop|\b\d\d:\d\d:\d\d\b"
    ),
}
LABEL = re.compile(
    r"^\((?P<target>[^)\n]+)\)=\s*$"
    r"|^\$\$\s*\((?P<math>[^)\n]+)\)\s*$"
    r"|^\s*:(?:label|name):\s*(?P<option>\S+)"
    r"|^\{#(?P<attribute>[^}\s]+)",
    re.MULTILINE,
)
# Not `{cite}` in backticks, which speaks of the role.
CITE = re.compile(r"(?<!`)\{cite(?::\w+)?\}`([^`]+)`")
DOC = re.compile(r"(?<!`)\{doc\}`(?:[^`<]*<)?([^`>]+?)>?`")
DROPDOWN = re.compile(
    r"^(:{3,}|`{3,})\{(?:dropdown\}|admonition\}[^\n]*\n:class: dropdown)"
    r"[^\n]*\n(?P<answer>.*?)^\1\s*$",
    re.MULTILINE | re.DOTALL,
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
NBVAL_COMMENT = re.compile(r"^\s*#+\s*(?:NBVAL_\w+|PYTEST_VALIDATE\w+)", re.M)
OUTDATED = re.compile(
    r"compat\.v1|autograd\.Variable|np\.random\.seed|np\.float_\b"
    r"|tensorflow\.python\b"
)


@dataclass
class Page:
    """A notebook and where it stands."""

    path: Path
    root: Path = ROOT
    raw: str = field(init=False, repr=False)

    def __post_init__(self):
        self.raw = self.path.read_text("utf-8")
        self.nb = notebook.read(self.path)
        self.relative = self.path.relative_to(self.root).as_posix()
        self.book = self.relative.split("/")[0]
        self.name = notebook.name(self.path)
        self.slug = self.path.stem.replace("_", "-")
        self.course = self.nb.metadata.get("course", {})
        self.reference = bool(self.course.get("reference"))
        self.code = [c for c in self.nb.cells if c.cell_type == "code"]
        self.prose = [c for c in self.nb.cells if c.cell_type == "markdown"]
        self.text = "\n\n".join(cell.source for cell in self.prose)

    def where(self, cell=None) -> str:
        """The page and the cell, as every message names them."""
        if cell is None:
            return self.relative
        alike = [c for c in self.nb.cells if c.cell_type == cell.cell_type]
        kind = "Markdown" if cell.cell_type == "markdown" else cell.cell_type
        number = alike.index(cell) + 1
        return f"{self.relative}, {kind} cell {number} (id {cell.id})"

    @cached_property
    def sections(self) -> dict[str, str]:
        """Heading of level 2 → text below it."""
        parts = re.split(r"^## (.+)$", self.text, flags=re.MULTILINE)
        return dict(zip(parts[1::2], parts[2::2], strict=True))

    @cached_property
    def figures(self) -> list:
        """The cells that show at least one picture."""
        return [c for c in self.code if pictures(c)]


def tags(cell) -> list[str]:
    """The tags of a cell."""
    return cell.metadata.get("tags", [])


def pictures(cell) -> int:
    """How many pictures a cell shows."""
    return sum(
        "image/png" in o.get("data", {}) for o in cell.get("outputs", [])
    )


def texts(cell) -> str:
    """All text that the outputs of a cell hold."""
    found = []
    for output in cell.outputs:
        found.append(output.get("text", ""))
        for mime, value in output.get("data", {}).items():
            if not mime.startswith("image/"):
                found.append(str(value))
    return "\n".join(found)


def lines(cell) -> int:
    """The number of lines of a cell."""
    return cell.source.count("\n") + 1


def folded(cell) -> bool:
    """Whether the book folds the code away."""
    return bool({"hide-input", "hide-cell"} & {*tags(cell)})


def tree(cell) -> ast.Module | None:
    """The syntax tree of a code cell, or None where it is no Python."""
    try:
        return ast.parse(cell.source)
    except SyntaxError:
        return None


# Checks of a page ----------------------------------------------------------


def canonical(page):
    """The file is what `make run` and JupyterLab write."""
    if page.raw != notebook.dumps(page.nb):
        message = (
            "is not in canonical form (edited by hand, or elsewhere): "
            f"make run NOTEBOOK={page.relative}"
        )
        yield None, message
    size = page.path.stat().st_size / 1000
    if size > SIZE:
        yield None, f"has {size:.0f} KB: at most {SIZE}"


def ran(page):
    """Code, outputs and hash belong together."""
    hint = f"make run NOTEBOOK={page.relative}"
    if all(cell.execution_count is None for cell in page.code):
        yield None, f"was never run: {hint}"
        return
    if page.nb.metadata.get("verified") != notebook.code_hash(page.nb):
        yield None, f"its code was edited and not run: {hint}"
        return
    for number, cell in enumerate(page.code, start=1):
        if cell.execution_count != number:
            count = cell.execution_count
            yield cell, f"has the count {count}, not {number}: {hint}"
        for output in cell.outputs:
            if output.output_type == "error":
                yield cell, f"stores a traceback ({output.ename}): {hint}"
            elif output.get("name") == "stderr":
                yield cell, f"stores a warning on stderr: {output.text[:80]!r}"


def empty(page):
    """An exercise holds nothing that a run leaves behind."""
    if "verified" in page.nb.metadata:
        yield None, "an exercise has no hash: make exercises"
    for cell in page.code:
        if cell.outputs or cell.execution_count is not None:
            yield cell, "an exercise has no outputs and no counts"


def repeatable(page):
    """No output or source holds what another machine would not give."""
    for cell in page.nb.cells:
        output = texts(cell) if cell.cell_type == "code" else ""
        for what, pattern in UNREPEATABLE.items():
            found = pattern.search(output)
            if found:
                yield cell, f"its output holds {what}: {found[0]!r}"
        found = PATH.search(cell.source)
        if found:
            yield cell, f"holds an address of one machine: {found[0]!r}"
        found = UNFINISHED.search(cell.source)
        if found:
            yield cell, f"is not finished: {found[0]}"


def known_metadata(page):
    """No mistyped tag or key: tools pass over what they do not know."""
    required, optional = COURSE[page.book]
    keys = {*page.course}
    for key in required - keys:
        yield None, f"metadata course.{key} is missing"
    for key in keys - required - optional:
        yield None, f"metadata course.{key} is unknown"
    for cell in page.nb.cells:
        for tag in tags(cell):
            if tag not in TAGS and not RTOL.fullmatch(tag):
                yield cell, f"has the unknown tag {tag!r}"
        for key in {*cell.metadata.get("nbgrader", {})} - NBGRADER:
            yield cell, f"has the unknown key nbgrader.{key}"
        mystnb = cell.metadata.get("mystnb", {})
        for key in {*mystnb} - {"figure", "image"}:
            yield cell, f"has the unknown key mystnb.{key}"
        for key in {*mystnb.get("figure", {})} - {"caption", "name"}:
            yield cell, f"has the unknown key mystnb.figure.{key}"
        for key in {*mystnb.get("image", {})} - {"alt", "width", "align"}:
            yield cell, f"has the unknown key mystnb.image.{key}"


def code_style(page):
    """Every code cell is plain Python that the tests can run as it stands."""
    for cell in page.code:
        if tree(cell) is None:
            yield cell, "is no plain Python (a magic, or a syntax error)"
        if re.search(r";\s*(#.*)?\Z", cell.source):
            yield cell, "ends with `;`: write `_ = …` or plt.show()"
        if NBVAL_COMMENT.search(cell.source):
            yield cell, "holds an nbval comment: use a tag, and only a known"
        found = OUTDATED.search(cell.source)
        if found:
            yield cell, f"uses what its library gave up: {found[0]}"
        for number, line in enumerate(cell.source.splitlines(), start=1):
            if len(line) > WIDTH:
                yield cell, f"line {number} is longer than {WIDTH} characters"
        yield from _imports(cell)


def _imports(cell):
    for node in ast.walk(tree(cell) or ast.Module([], [])):
        if isinstance(node, ast.ImportFrom):
            if node.level or node.module.split(".")[0] not in PACKAGES:
                yield cell, f"imports {node.module}: not a package of the book"
        elif isinstance(node, ast.Import):
            for name in node.names:
                if name.name.split(".")[0] not in PACKAGES:
                    yield cell, f"imports {name.name}: not a package we use"
                usual = ALIASES.get(name.name, name.asname)
                if name.asname != usual:
                    message = (
                        f"imports {name.name} as {name.asname}: "
                        f"everywhere else it is {usual or name.name}"
                    )
                    yield cell, message


def cell_lengths(page):
    """Cells are short; what is long is folded."""
    for cell in page.code:
        parsed = tree(cell)
        one_class = (
            parsed is not None
            and len(parsed.body) == 1
            and isinstance(parsed.body[0], ast.ClassDef)
        )
        if lines(cell) > LINES and not folded(cell) and not one_class:
            message = (
                f"has {lines(cell)} lines: over {LINES} only if folded "
                "(hide-input) or one class"
            )
            yield cell, message
        if pictures(cell) and lines(cell) > PLOT_LINES and not folded(cell):
            message = (
                f"plots in {lines(cell)} lines: over {PLOT_LINES} it is "
                "folded with the tag hide-input"
            )
            yield cell, message
    shown = [lines(cell) for cell in page.code if not folded(cell)]
    median = statistics.median(shown or [0])
    if median > MEDIAN:
        message = (
            f"its code cells have a median of {median:g} lines, "
            f"not {MEDIAN} or fewer (folded ones apart)"
        )
        yield None, message


def figures(page):
    """A figure has a caption, a label of its page and alt text that says."""
    for cell in page.code:
        mystnb = cell.metadata.get("mystnb", {})
        if mystnb and cell.execution_count and not pictures(cell):
            yield cell, "has metadata of a figure and shows none"
    for cell in page.figures:
        if pictures(cell) > 1:
            yield cell, "shows two pictures: one figure a cell"
        mystnb = cell.metadata.get("mystnb", {})
        if not mystnb.get("figure", {}).get("caption"):
            yield cell, "its figure has no caption (mystnb.figure.caption)"
        alt = mystnb.get("image", {}).get("alt", "")
        if len(alt) < ALT or " " not in alt:
            message = (
                f"its figure has no alt text of {ALT} characters or more "
                "that says what it shows (mystnb.image.alt)"
            )
            yield cell, message
        elif re.match(r"(?i)(an? )?(image|figure|picture|graphic)\b", alt):
            yield cell, "its alt text begins by saying that it is a picture"
        name = mystnb.get("figure", {}).get("name", "")
        if page.book == "chapters" and not name.startswith(
            f"fig-{page.slug}-"
        ):
            yield cell, f"its figure is not named fig-{page.slug}-…"


def labels_of(page):
    """All labels of a page, with their cells."""
    for cell in page.nb.cells:
        if cell.cell_type == "markdown":
            for match in LABEL.finditer(cell.source):
                yield cell, next(filter(None, match.groups()))
        else:
            name = cell.metadata.get("mystnb", {}).get("figure", {})
            if "name" in name:
                yield cell, name["name"]


def labels(page):
    """Labels stand in chapters only and carry the name of their page."""
    own = re.compile(rf"(?:sec|eq|fig)-{page.slug}-[a-z0-9-]+")
    for cell, label in labels_of(page):
        if page.book != "chapters":
            yield cell, f"holds the label {label}: labels are for chapters"
        elif not own.fullmatch(label):
            yield cell, f"its label {label} is no sec-, eq-, fig-{page.slug}-…"


def tab_sets(page) -> list[list]:
    """The runs of cells that become one tab set, as the book makes them."""
    sets, seen = [], []
    for cell in page.nb.cells:
        key = next((t for t in tags(cell) if t.startswith(TAB)), None)
        if key is None:
            seen = []
        elif not seen or (key in seen and key != seen[-1]):
            seen = [key]
            sets.append([cell])
        else:
            seen.append(key)
            sets[-1].append(cell)
    return sets


def tabs(page):
    """Every framework has its cell in every tab set, in one order."""
    full = 0
    for group in tab_sets(page):
        keys = [t[len(TAB) :] for c in group for t in tags(c) if t[:4] == TAB]
        only = {tuple(t for t in tags(c) if t in ONLY) for c in group}
        if len(keys) != len(group):
            yield group[0], "one of the cells of this tab set has two tabs"
        elif len(only) > 1 or any(len(reasons) > 1 for reasons in only):
            yield group[0], "the cells of this tab set differ in only-… tags"
        else:
            reason = next(iter(only))
            wanted = ONLY[reason[0]] if reason else FRAMEWORKS
            found = list(dict.fromkeys(keys))
            full += found == FRAMEWORKS
            if found != wanted:
                yield group[0], _tab_message(found, wanted, reason)
    for cell in page.code:
        if {*tags(cell)} & {*ONLY} and not any(
            t.startswith(TAB) for t in tags(cell)
        ):
            yield cell, "has an only-… tag and is in no tab"
    if page.book == "chapters" and not full:
        yield None, "has no tab set of NumPy, TensorFlow and PyTorch"


def _tab_message(found, wanted, reason) -> str:
    absent = [name for name in wanted if name not in found]
    if absent and not reason:
        return (
            f"this tab set has no {' and no '.join(absent)}: add the cell, "
            "or say why by a tag such as only-frameworks"
        )
    return f"this tab set is {', '.join(found)}, not {', '.join(wanted)}"


def chapter_shape(page):
    """A chapter opens and closes as every other."""
    first = page.nb.cells[0] if page.nb.cells else None
    titles = re.findall(r"^# .+$", _without_code(page.text), re.MULTILINE)
    if not (first and first.source.startswith("# ") and len(titles) == 1):
        yield None, "begins with one title (`# …`), and has no other"
    if page.reference:
        return
    for heading, low, high in (
        ("You will be able to", 3, 5),
        ("Take-away", 4, 6),
    ):
        found = len(re.findall(r"^- ", page.sections.get(heading, ""), re.M))
        if not low <= found <= high:
            message = (
                f"section {heading!r} has {found} bullets, not {low} to {high}"
            )
            yield None, message
    asked = page.sections.get("Questions", "")
    answers = [m["answer"] for m in DROPDOWN.finditer(asked) if m["answer"]]
    questions = [q for q in DROPDOWN.sub("\0", asked).split("\0") if "?" in q]
    if len(answers) != 3 or len(questions) != 3:
        message = (
            f"section 'Questions' has {len(questions)} questions and "
            f"{len(answers)} folded answers, not three of each"
        )
        yield None, message
    if f"exercises/{page.name}" not in documents(page):
        yield None, f"does not link {{doc}}`/exercises/{page.name}`"
    if not CITE.search(page.sections.get("Further reading", "")):
        yield None, "section 'Further reading' cites nothing"
    words = count_words(page)
    if not 1500 <= words <= 3000:
        yield None, f"has {words} words: a chapter has 1,500 to 3,000"


def _without_code(text: str) -> str:
    return re.sub(r"^(`{3,}).*?^\1", "", text, flags=re.M | re.S)


def count_words(page) -> int:
    """Words of prose, without formulas, directives and link targets."""
    text = re.sub(r"\$\$.*?\$\$|```\{math\}.*?```", " ", page.text, flags=re.S)
    text = re.sub(r"\$[^$\n]+\$", " formula ", text)
    text = re.sub(r"^[:`]{3}.*$|^:\w+:.*$|^\(.*\)=$", " ", text, flags=re.M)
    text = re.sub(r"\{[\w:]+\}|<[^>]*>|\([^)\s]*\)", " ", text)
    return len(re.findall(r"[^\W\d_][\w’'-]*", text))


def documents(page) -> list[str]:
    """The documents that a page links with {doc}, from the root."""
    folder = posixpath.dirname(page.relative)
    return [_target(folder, link) for link in DOC.findall(page.text)]


def _target(folder: str, link: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, link)).lstrip("/")


def course(page):
    """What the page says of itself is what its metadata say."""
    minutes = page.course.get("minutes")
    said = re.findall(r"^\*\*Time:\*\* (\d+) minutes\.$", page.text, re.M)
    if said != [str(minutes)]:
        message = (
            f"metadata say {minutes} minutes, "
            f"the line **Time:** says {', '.join(said) or 'nothing'}"
        )
        yield None, message
    lines_found = re.findall(r"^\*\*Read first:\*\* (.+)$", page.text, re.M)
    folder = posixpath.dirname(page.relative)
    links = [
        _target(folder, link)
        for line in lines_found
        for link in DOC.findall(line)
    ]
    wanted = [f"chapters/{n}" for n in page.course.get("prerequisites", [])]
    if len(lines_found) != 1:
        yield None, "has not one line **Read first:**"
    elif links != wanted:
        message = (
            f"metadata say to read {wanted or 'nothing'} first, "
            f"the line **Read first:** says {links or 'nothing'}"
        )
        yield None, message
    if any(link.startswith("solutions/") for link in documents(page)):
        yield None, "links a solution"


def differences(page):
    """The table of differences is the one of the metadata, row by row."""
    section = page.sections.get("Differences at a glance", "")
    shown = [
        [part.strip() for part in line.strip("| ").split("|")]
        for line in section.splitlines()
        if line.startswith("|")
    ][2:]  # without the heading and the rule below it
    said = [
        [entry.get(key) for key in ("topic", "tensorflow", "torch")]
        for entry in page.course.get("differences", [])
    ]
    for row in said:
        if row not in shown:
            yield None, f"a difference is not on the page: {row}"
    for row in shown:
        if row not in said:
            yield None, f"a difference is not in the metadata: {row}"


EVERY = (canonical, repeatable, known_metadata, code_style, labels, tabs)
CHECKS = {
    "chapters": (
        *EVERY,
        ran,
        figures,
        cell_lengths,
        chapter_shape,
        course,
        differences,
    ),
    "solutions": (*EVERY, ran, figures),
    "exercises": (*EVERY, empty),
}


def problems(page: Page) -> list[str]:
    """Everything that is wrong with a page, a line for each."""
    return [
        f"{page.where(cell)}: {message}"
        for check in CHECKS[page.book]
        for cell, message in check(page)
    ]


# Checks of the book --------------------------------------------------------


@dataclass
class Book:
    """All pages of a tree, and the files that speak of them."""

    root: Path = ROOT

    def __post_init__(self):
        self.pages = [
            Page(path, self.root)
            for book in BOOKS
            for path in sorted((self.root / book).glob("*/*.ipynb"))
        ]
        toc = yaml.safe_load((self.root / "_toc.yml").read_text("utf-8"))
        self.parts = {
            part["caption"]: list(_files(part)) for part in toc["parts"]
        }
        self.toc = [file for part in self.parts.values() for file in part]
        self.root_file = toc["root"]

    def names(self, book: str) -> list[str]:
        """The `part/slug` of the notebooks of a folder, in reading order."""
        files = [f for f in self.toc if f.startswith(f"{book}/")]
        return [file.partition("/")[2] for file in files]

    def of(self, book: str) -> dict[str, Page]:
        """The pages of a folder by `part/slug`."""
        return {p.name: p for p in self.pages if p.book == book}


def _files(entry):
    for child in entry.get("chapters", []) + entry.get("sections", []):
        if "file" in child:
            yield child["file"]
        yield from _files(child)


def contents(book):
    """`_toc.yml` has every notebook once, in one order."""
    files = {p.relative.removesuffix(".ipynb"): p for p in book.pages}
    for file, page in files.items():
        if book.toc.count(file) != 1:
            yield (
                page.relative,
                (f"stands {book.toc.count(file)} times in _toc.yml, not once"),
            )
    for file in [book.root_file, *book.toc]:
        if not any((book.root / (file + end)).exists() for end in ENDINGS):
            yield "_toc.yml", f"names {file}, and there is no such file"
    order = book.names("chapters")
    for kind in ("exercises", "solutions"):
        part = book.parts.get(kind.capitalize(), [])
        wanted = [f"{kind}/{n}" for n in order if f"{kind}/{n}" in files]
        if [file for file in part if file.startswith(f"{kind}/")] != wanted:
            message = (
                f"part {kind.capitalize()!r} must be, in the order of the "
                f"chapters: {', '.join(wanted)}"
            )
            yield "_toc.yml", message


def companions(book):
    """A chapter has its solution, exercise and known wrong answers."""
    wrong = {
        notebook.name(path): path.relative_to(book.root).as_posix()
        for path in (book.root / "tests/wrong_answers").glob("*/*.py")
    }
    chapters = book.of("chapters")
    for name, page in chapters.items():
        if page.reference:
            continue
        for kind in ("solutions", "exercises"):
            if name not in book.of(kind):
                yield page.relative, f"has no {kind}/{name}.ipynb"
        if name not in wrong:
            yield page.relative, f"has no tests/wrong_answers/{name}.py"
    for kind in ("solutions", "exercises"):
        for name, page in book.of(kind).items():
            if name not in chapters:
                yield page.relative, "belongs to no chapter"
    for name in {*wrong} - {*book.of("solutions")}:
        yield wrong[name], "belongs to no solution"


def prerequisites(book):
    """What to read first comes first."""
    order = book.names("chapters")
    for name, page in book.of("chapters").items():
        for first in page.course.get("prerequisites", []):
            if first not in order or (
                name in order and order.index(first) >= order.index(name)
            ):
                message = (
                    f"wants {first} to be read first, "
                    "which does not come earlier in _toc.yml"
                )
                yield page.relative, message


def unique_labels(book):
    """A label stands once in the book."""
    seen = {}
    for page in book.pages:
        for cell, label in labels_of(page):
            if label in seen:
                yield page.where(cell), f"repeats {label} of {seen[label]}"
            seen[label] = page.where(cell)


SOURCES = {
    "doi": re.compile(r"10\.\d{4,9}/\S+"),
    "eprint": re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}"),
    "isbn": re.compile(r"[\d-]{9,16}[\dX]"),
    "url": re.compile(r"https?://\S+"),
}
# These give no DOI to what they publish, so the address there serves.
NO_DOI = (
    "ai.stanford.edu", "icml.cc", "jmlr.org", "openreview.net",
    "papers.nips.cc", "proceedings.mlr.press", "www.cs.toronto.edu",
)  # fmt: skip


def source(entry):
    """A source has a DOI or an arXiv id.

    A book without one has an ISBN or an address, a paper without one an
    address at a publisher that gives no DOI.
    """
    fields = entry.fields
    ways = [name for name in SOURCES if fields.get(name)]
    for name in ways:
        if not SOURCES[name].fullmatch(fields[name]):
            yield f"has no {name} of the usual form: {fields[name]}"
    # These are for examples and for the ACM's own use: they lead nowhere.
    if fields.get("doi", "").startswith("10.5555/"):
        yield "has a DOI that doi.org does not know"
    host = fields.get("url", "").partition("://")[2].partition("/")[0]
    book = entry.type == "book" and {"isbn", "url"} & {*ways}
    if not {"doi", "eprint"} & {*ways} and not book and host not in NO_DOI:
        yield "has no doi and no eprint"
    for name in ("title", "year"):
        if not fields.get(name):
            yield f"has no {name}"


def bibliography(book):
    """Every source can be found, and every entry is used."""
    entries = parse_file(str(book.root / "references.bib")).entries
    cited = {}
    pages = [(p.relative, p.text) for p in book.pages]
    pages += [
        (path.name, path.read_text("utf-8"))
        for path in sorted(book.root.glob("*.md"))
    ]
    for file, text in pages:
        for keys in CITE.findall(text):
            for key in keys.split(","):
                cited.setdefault(key.strip(), file)
    for key, file in cited.items():
        if key not in entries:
            yield file, f"cites {key}, which is not in references.bib"
    for key, entry in entries.items():
        for message in source(entry):
            yield "references.bib", f"{key} {message}"
        if key not in cited:
            yield "references.bib", f"{key} is cited nowhere"


def exemptions(book):
    """Nearly every output of the book is compared."""
    cells = [
        (page, cell)
        for page in book.pages
        if page.book != "exercises"
        for cell in page.code
    ]
    free = [(p, c) for p, c in cells if "nbval-ignore-output" in tags(c)]
    if len(free) > IGNORED * len(cells):
        places = "; ".join(page.where(cell) for page, cell in free)
        message = (
            f"{len(free)} of {len(cells)} cells are exempt, "
            f"more than {IGNORED:.0%}: {places}"
        )
        yield "nbval-ignore-output", message


BOOK_CHECKS = (
    contents,
    companions,
    prerequisites,
    unique_labels,
    bibliography,
    exemptions,
)
