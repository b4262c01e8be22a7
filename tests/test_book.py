"""The HTML book: strict, whole, local, and without answers if so wished."""

import json
import re
import shutil
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from sphinx.search.en import SearchEnglish

from tools import book as tool
from tools import notebook
from tools.environment import ROOT

LABELS = {
    "tab-numpy": "NumPy",
    "tab-tensorflow": "TensorFlow",
    "tab-pytorch": "PyTorch",
}


class Book:
    """A built book and its parsed pages, by path without suffix."""

    def __init__(self, first_page: Path):
        self.folder = first_page.parent
        self.pages = {
            path.relative_to(self.folder).with_suffix("").as_posix(): (
                BeautifulSoup(path.read_text("utf-8"), "html.parser")
            )
            for path in sorted(self.folder.rglob("*.html"))
            if "_static" not in path.parts
        }


@pytest.fixture(scope="module")
def book(first_page):
    return Book(first_page)


@pytest.fixture(scope="module")
def unsolved(tmp_path_factory):
    """The book without solutions."""
    output = tmp_path_factory.mktemp("unsolved")
    toc = tool.without_solutions(ROOT / "_toc.yml", output / "toc.yml")
    return Book(tool.build(output, toc))


def notebooks(*books):
    """Each notebook with the name of its page."""
    for path in notebook.find(*books):
        page = path.relative_to(ROOT).with_suffix("").as_posix()
        yield page, path, notebook.read(path)


def fail_with(problems):
    assert not problems, "\n" + "\n".join(problems)


# Pages


def test_every_notebook_has_its_page_and_download(book):
    problems = []
    for page, path, _ in notebooks():
        source = book.folder / "_sources" / f"{page}.ipynb"
        if page not in book.pages:
            problems.append(f"{page}: no page; is it in _toc.yml?")
        elif not source.exists() or source.read_bytes() != path.read_bytes():
            problems.append(f"{page}: the download is not the notebook")
        elif not book.pages[page].find(
            "a", class_="btn-download-source-button", href=re.compile("ipynb$")
        ):
            problems.append(f"{page}: no button to download the notebook")
    fail_with(problems)


def test_internal_links_resolve(book, unsolved):
    problems = []
    for built in (book, unsolved):
        ids = {
            name: {tag["id"] for tag in soup.find_all(id=True)}
            for name, soup in built.pages.items()
        }
        for name, soup in built.pages.items():
            for link in soup.find_all("a", href=True):
                if not resolves(link["href"], name, built.folder, ids):
                    text = link.get_text(strip=True)
                    problems.append(f"{name}: {link['href']} ({text})")
    fail_with(problems)


def resolves(href, page, folder, ids):
    """Whether a link leads to another host or to what is in the book."""
    url = urlsplit(href)
    if url.scheme or url.netloc:
        return True
    target = folder / f"{page}.html"
    if url.path:
        target = (target.parent / unquote(url.path)).resolve()
    if not target.is_file():
        return False
    name = target.relative_to(folder.resolve() if url.path else folder)
    name = name.with_suffix("").as_posix()
    return not url.fragment or unquote(url.fragment) in ids.get(name, ())


def test_math_is_drawn_with_local_fonts(book):
    page = book.pages["chapters/nonlinearity/neuron"]
    assert page.find("math"), "no formula for screen readers"
    assert "MathJax" not in str(page)
    sheet = book.folder / "_static" / "katex" / "katex.min.css"
    fonts = re.findall(r"url\(([^)]+)\)", sheet.read_text("utf-8"))
    assert len(fonts) == 20
    fail_with([f for f in fonts if not (sheet.parent / f).is_file()])
    assert {Path(font).suffix for font in fonts} == {".woff2"}


# Finding things


WORDS = {
    "prose": ".bd-article section > p",
    "code": ".bd-article section > .cell .cell_input pre",
    "code in a hidden tab": ".sd-tab-content:not(:nth-of-type(1)) pre",
}


@pytest.mark.parametrize("place", WORDS)
def test_search_finds_words(book, place):
    text = (book.folder / "searchindex.js").read_text("utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").rstrip(")"))
    language = SearchEnglish({})
    problems, count = [], 0
    for page, _, _ in notebooks("chapters"):
        number = index["docnames"].index(page)
        for element in book.pages[page].select(WORDS[place]):
            for word in set(re.findall(r"\b[a-z]{5,}\b", words(element))):
                stem = language.stem(word)
                # A word of a heading stands in another table; a number
                # stands for a list of one.
                found = [index[k].get(stem) for k in ("terms", "titleterms")]
                count += 1
                if not {word, stem} & language.stopwords and not any(
                    number == x or (isinstance(x, list) and number in x)
                    for x in found
                ):
                    problems.append(f"{page}: search does not find {word}")
    fail_with(problems)
    assert count > 100


def words(element):
    """The text as it reads, without formulas and links to sources."""
    return " ".join(
        string
        for string in element.find_all(string=True)
        if not string.find_parent(class_=["katex", "headerlink", "reference"])
    )


def test_page_not_found_leads_back(book):
    page = book.pages["404"]
    assert page.find("a", href="index.html")
    assert page.find("form", action="search.html").find(attrs={"name": "q"})
    # It is shown at any depth, where a relative address leads nowhere.
    assert not page.select("img, link[rel=stylesheet], script[src]")


# Framework tabs


def wanted_tabs(nb):
    """The tab sets that a page should have, each a list of labels."""
    sets, before = [], None
    for cell in nb.cells:
        tags = [t for t in cell.metadata.get("tags", []) if t in LABELS]
        tag = tags[0] if tags and cell.source.strip() else None
        if tag and tag != before:
            if before is None or LABELS[tag] in sets[-1]:
                sets.append([])
            sets[-1].append(LABELS[tag])
        before = tag
    return sets


def shown_tabs(soup):
    """The framework tab sets of a page, each a list of labels."""
    found = []
    for tab_set in soup.find_all(class_="sd-tab-set"):
        labels = tab_set.find_all("label", attrs={"data-sync-id": True})
        labels = [x for x in labels if x["data-sync-group"] == "framework"]
        # A set whose tabs hold prose is written in Markdown, not in tags.
        if labels and tab_set.find(class_="cell"):
            for label in labels:
                assert (
                    label["data-sync-id"] == label.get_text(strip=True).lower()
                )
            found.append([label.get_text(strip=True) for label in labels])
    return found


def test_tagged_cells_become_tab_sets(book):
    problems, count = [], 0
    for page, _, nb in notebooks():
        wanted, shown = wanted_tabs(nb), shown_tabs(book.pages[page])
        count += len(wanted)
        if wanted != shown:
            problems.append(f"{page}: tab sets {shown}, not {wanted}")
    fail_with(problems)
    assert count > 0


# Exercises and solutions


def test_no_marker_of_nbgrader_shows(book):
    fail_with(
        [
            f"{name}: shows nbgrader's {marker}"
            for name, soup in book.pages.items()
            for marker in ("### BEGIN", "### END")
            if marker in soup.get_text()
        ]
    )


def test_checks_are_folded(book):
    problems = []
    for page, _, nb in notebooks("exercises", "solutions"):
        graded = [c.metadata.get("nbgrader", {}) for c in nb.cells]
        points = [g["points"] for g in graded if g.get("grade")]
        wanted = [f"Check ({p} point{'s' * (p != 1)})" for p in points]
        shown = [
            summary.find(class_="collapsed").get_text()
            for summary in book.pages[page].select("details.hide > summary")
        ]
        if [text for text in shown if text.startswith("Check")] != wanted:
            problems.append(f"{page}: folded {shown}, not {wanted}")
    fail_with(problems)


def test_exercises_say_how_to_work_them(book, unsolved):
    problems = []
    for page, _, _ in notebooks("exercises"):
        for built in (book, unsolved):
            note = built.pages[page].select_one("section > .admonition.note")
            links = [a["href"] for a in note.find_all("a")] if note else []
            solution = page.replace("exercises", "solutions", 1)
            wanted = [f"../../{solution}.html"] * (solution in built.pages)
            if not note or "JupyterLab" not in note.get_text():
                problems.append(f"{page}: does not say how to work it")
            elif links != wanted:
                problems.append(f"{page}: links to {links}, not {wanted}")
    fail_with(problems)


REGION = re.compile(
    r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END \1", re.S
)


def answers():
    """Each line of an answer or hidden test that stands nowhere else."""
    public = "\n".join(
        cell.source
        for _, _, nb in notebooks("chapters", "exercises")
        for cell in nb.cells
    )
    for page, _, nb in notebooks("solutions"):
        for cell in nb.cells:
            for _, region in REGION.findall(cell.source):
                for line in map(str.strip, region.splitlines()):
                    if line and line not in public:
                        yield page, cell.id, line


def texts(folder):
    """Every text file of a built book but the theme's; HTML as it reads."""
    for path in sorted(folder.rglob("*")):
        if "_static" in path.parts:
            continue
        if path.suffix == ".html":
            html = path.read_text("utf-8")
            yield path, unescape(re.sub(r"<[^>]*>", "", html))
        elif path.suffix in {".js", ".json", ".ipynb", ".md", ".txt", ".py"}:
            yield path, path.read_text("utf-8", errors="replace")


def leaks(folder):
    lines = list(answers())
    assert lines, "no answer was found in solutions"
    forms = [(*place, {a, json.dumps(a)[1:-1]}) for *place, a in lines]
    return [
        f"{path.relative_to(folder)}: answer of {page}, cell {cell}: {found}"
        for path, text in texts(folder)
        for page, cell, spellings in forms
        for found in spellings
        if found in text
    ]


def test_book_without_solutions_has_no_answer(unsolved):
    fail_with(leaks(unsolved.folder))
    assert not [name for name in unsolved.pages if "solutions/" in name]
    assert "solutions/" not in (unsolved.folder / "searchindex.js").read_text(
        "utf-8"
    )


def test_only_exercises_ask_for_answers(book):
    for name, _, _ in notebooks("exercises", "solutions"):
        text = book.pages[name].get_text()
        exercise = name.startswith("exercises")
        assert ("by your code" in text) is exercise, name
        assert ("several that pass the checks" in text) is not exercise, name


def test_answers_are_found_where_they_are(book):
    """The test above would see an answer in a page or in a download."""
    found = {line.split(":")[0] for line in leaks(book.folder)}
    for page, _, _ in notebooks("solutions"):
        assert {f"{page}.html", f"_sources/{page}.ipynb"} <= found


# For instructors


@pytest.fixture
def course_plan(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "_ext")
    import course_plan

    return course_plan


def section(book, label):
    """The section of the page for instructors that has this label."""
    page = book.pages["instructors"]
    return page.find(id=f"sec-instructors-{label}").find_parent("section")


def minutes(text):
    """Of hours and minutes, as the plans show them."""
    hours, rest = text.split(":")
    return 60 * int(hours) + int(rest)


@pytest.mark.parametrize(("label", "count"), [("six", 18), ("twelve", None)])
def test_plan_adds_up(book, label, count):
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
        for row in section(book, label).select("tbody tr")
    ]
    *weeks, total = rows
    for column in (2, 3, 4):
        found = sum(minutes(row[column]) for row in weeks)
        assert found == minutes(total[column])
    for row in rows:
        assert minutes(row[2]) + minutes(row[3]) == minutes(row[4])
    assert sum(int(row[5]) for row in weeks) == int(total[5])
    chapters = list(notebooks("chapters"))
    assert total[1] == f"{count or len(chapters)} chapters"
    if count is None:
        exercises = list(notebooks("exercises"))
        for column, what, pages in (
            (2, "minutes", chapters),
            (3, "minutes", exercises),
            (5, "points", exercises),
        ):
            wanted = sum(nb.metadata["course"][what] for _, _, nb in pages)
            shown = total[column]
            assert wanted == (int if column == 5 else minutes)(shown)


def test_objectives_are_those_of_the_chapters(book, course_plan):
    terms = section(book, "objectives").find_all("dt")
    shown = {
        term.a["href"]: len(term.find_next_sibling("dd").find_all("li"))
        for term in terms
    }
    assert shown == {
        f"{name}.html": len(course_plan.objectives(nb))
        for name, _, nb in notebooks("chapters")
    }
    assert sum(shown.values()) > 100
    assert section(book, "objectives").find(class_="katex")


def test_graph_names_each_chapter_and_what_it_rests_on(book):
    lines = section(book, "graph").select("ol.course-graph > li")
    pages = [f"{name}.html" for name, _, _ in notebooks("chapters")]
    assert sorted(line.a["href"] for line in lines) == sorted(pages)
    assert lines[0].get_text().endswith(": first")
    assert all(": rests on " in line.get_text() for line in lines[1:])
    # A dot for the chapter, and one for each lane that it takes up.
    dots = [len(line.select("circle")) for line in lines]
    assert dots[0] == 1
    assert min(dots[1:]) > 1


HOSTED = re.compile(r"^```yaml\n(repository:.*?)^```$", re.M | re.S)


def test_no_button_leads_nowhere(book):
    for name, soup in book.pages.items():
        for link in soup.select(".bd-header-article a[href]"):
            address = urlsplit(link["href"])
            assert not address.netloc, f"{name}: {link['href']}"
        assert not soup.select(".dropdown-launch-buttons"), name


def test_buttons_for_a_hosted_notebook(tmp_path, monkeypatch):
    """What the page for instructors says is written into the settings."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    said = HOSTED.search((ROOT / "instructors.md").read_text("utf-8"))[1]
    config |= yaml.safe_load(said)
    extensions = config["sphinx"]["local_extensions"]
    config["sphinx"]["local_extensions"] = dict.fromkeys(
        extensions, str(ROOT / "_ext")
    )
    source = small_book(tmp_path, GOOD)
    changed = tmp_path / "_config.yml"
    changed.write_text(yaml.safe_dump(config), "utf-8")
    monkeypatch.setattr(tool, "CONFIG", changed)
    page = tool.build(tmp_path, source / "_toc.yml", source)
    html = page.with_name("small.html").read_text("utf-8")
    soup = BeautifulSoup(html, "html.parser")
    links = soup.select(".dropdown-launch-buttons a[href]")
    assert [link["href"] for link in links] == [
        "https://colab.research.google.com/github/YOUR-NAME/YOUR-COPY/"
        "blob/main/small.ipynb"
    ]


# Building


CELLS = {
    "title": "# A small book",
    "formula": "Good: $a^2$.\n\nBad: $\\undefined$.",
    "equation": "```{math}\n\\frac{1}\n```",
    "unknown-tab": {"tags": ["tab-jax"]},
    "two-tabs": {"tags": ["tab-numpy", "tab-pytorch"]},
    "reference": "Nowhere: {eq}`eq-nowhere`.",
    "picture": "![A far picture](https://example.org/far.png)",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The folder of a small book full of faults."""
    return small_book(tmp_path_factory.mktemp("small"), CELLS)


def small_book(place, cells):
    """The folder, in a place, of a book of one notebook."""
    # The output must lie elsewhere: a file more or less in the folder of the
    # sources changes what Sphinx is told to exclude, and it builds all again.
    folder = place / "source"
    folder.mkdir()
    write_small(folder, cells)
    (folder / "_toc.yml").write_text("{format: jb-book, root: small}")
    (folder / "references.bib").touch()
    for name in ("_assets", "_extra", "_templates"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def write_small(folder, cells):
    nb = nbformat.v4.new_notebook()
    for name, content in cells.items():
        if isinstance(content, str):
            cell = nbformat.v4.new_markdown_cell(content)
        else:
            cell = nbformat.v4.new_code_cell("1 + 1", metadata=content)
        cell["id"] = name
        nb.cells.append(cell)
    notebook.write(nb, folder / "small.ipynb")


@pytest.fixture(scope="module")
def faults(small):
    """What two builds of the small book, one after the other, complain of."""
    return [complaints(small) for _ in range(2)]


def complaints(folder):
    with pytest.raises(tool.BookError) as caught:
        tool.build(folder.parent, folder / "_toc.yml", folder)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("cell 2 (formula), line 3", "KaTeX parse error: Undefined control"),
        ("cell 3 (equation), line 1", "KaTeX parse error: Unexpected end"),
        ("cell 4 (unknown-tab), line 1", "unknown tag tab-jax"),
        ("cell 5 (two-tabs), line 1", "2 framework tags"),
        ("cell 6 (reference), line 1", "equation not found: eq-nowhere"),
    ],
)
def test_fault_fails_with_file_and_cell(faults, cell, message):
    start = f"small.ipynb, {cell}: WARNING: {message}"
    lines = "\n".join(faults[0])
    assert any(line.startswith(start) for line in faults[0]), lines
    assert len(faults[0]) == 6, lines


def test_resource_on_another_host_fails_with_page_and_address(faults):
    wanted = (
        "WARNING: small.html fetches from another host: "
        "https://example.org/far.png. Take it into the book."
    )
    assert wanted in faults[0], "\n".join(faults[0])


def test_failed_build_is_not_remembered_as_good(faults):
    first, second = faults
    assert second == first


GOOD = {
    "title": CELLS["title"],
    "a": {"tags": ["tab-numpy"]},
    "b": {"tags": ["tab-numpy"]},
    "c": {"tags": ["tab-pytorch"]},
    "back": {"tags": ["tab-numpy"]},
    "prose": "Prose ends a set.",
    "d": {"tags": ["tab-tensorflow"]},
    "plain": {},
    "e": {"tags": ["tab-pytorch"]},
}


@pytest.fixture(scope="module")
def repaired(small, faults):
    """The pages of the small book without faults, after each of two builds."""
    write_small(small, GOOD)
    builds = []
    for _ in range(2):
        page = tool.build(small.parent, small / "_toc.yml", small)
        builds.append({p: p.stat().st_mtime_ns for p in page.parent.iterdir()})
    return builds


def test_unchanged_book_is_not_built_again(repaired):
    assert repaired[0] == repaired[1]


def test_runs_of_tagged_cells(small, repaired):
    page = next(p for p in repaired[0] if p.name == "small.html")
    shown = shown_tabs(BeautifulSoup(page.read_text("utf-8"), "html.parser"))
    assert shown == [
        ["NumPy", "PyTorch"],
        ["NumPy"],
        ["TensorFlow"],
        ["PyTorch"],
    ]
    assert shown == wanted_tabs(notebook.read(small / "small.ipynb"))


def test_damaged_toc_is_one_line(tmp_path):
    toc = tmp_path / "_toc.yml"
    toc.write_text("{format: jb-book, root: a, chapters: [{file: a}]}")
    (tmp_path / "a.md").write_text("# A")
    with pytest.raises(
        tool.BookError, match=r"used multiple times: 'a'$"
    ) as e:
        tool.build(tmp_path, toc, tmp_path)
    assert "\n" not in str(e.value)


# What is fetched, and what is left out


@pytest.fixture
def external(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "_ext")
    import external_resources

    return external_resources


@pytest.mark.parametrize(
    "html",
    [
        '<script src="//a.org/x"></script>',
        "<script type=module src='http://a.org/x'></script>",
        '<link rel="stylesheet" href="https://a.org/x">',
        '<link rel="preload" as="font" href="https://a.org/x">',
        '<link rel="preconnect" href="https://a.org/x">',
        '<link rel="icon" href="https://a.org/x">',
        '<img alt="a > b" src="https://a.org/x">',
        '<img srcset="near.png 1x, https://a.org/x 2x">',
        "<iframe src=https://a.org/x></iframe>",
        '<video poster="https://a.org/x"></video>',
        '<video><source src="https://a.org/x"></video>',
        '<object data="https://a.org/x"></object>',
        '<p style="background: url(&quot;https://a.org/x&quot;)">',
        "<style>@import 'https://a.org/x';</style>",
        "<style>p {background: url(//a.org/x)}</style>",
    ],
)
def test_every_way_to_fetch_is_seen(external, html):
    found = external.in_page(f"<html>{html}</html>")
    assert [url.split(":")[-1] for url in found] == ["//a.org/x"]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://a.org/x">a link</a>',
        '<link rel="canonical" href="https://a.org/x">',
        '<img src="data:image/png;base64,iVBOR//w0KGgo">',
        "<code>url(https://a.org/x)</code>",
        '<!-- <script src="https://a.org/x"></script> -->',
    ],
)
def test_what_is_not_fetched_is_free(external, html):
    assert external.in_page(f"<html>{html}</html>") == []


def test_fonts_hold_the_icons_of_the_pages_and_no_more(book):
    """An icon that the font lacks would show as an empty box."""
    folder = book.folder / "_static"
    css = (folder / "styles.css").read_text("utf-8")
    rule = r"\.{}:before[^{{}}]*\{{content:\"(.)\"\}}"
    fonts = folder / "vendor" / "fontawesome" / "webfonts"
    held = set(TTFont(fonts / "fa-solid-900.woff2").getBestCmap())
    shown = {
        name
        for soup in book.pages.values()
        for icon in soup.select("i.fa-solid, span.fa-solid")
        for name in icon["class"]
        if name.startswith("fa-") and name not in ("fa-solid", "fa-lg")
    }
    assert len(shown) >= 8
    for name in shown:
        sign = re.search(rule.format(name), css)
        assert sign, f"no style rule draws the icon {name}"
        assert ord(sign[1]) in held, f"the font lacks the icon {name}"
    assert len(held) < 60


def test_pages_load_no_script_for_nothing(book):
    for name, soup in book.pages.items():
        scripts = [tag["src"] for tag in soup.find_all("script", src=True)]
        for script in ("fontawesome", "searchindex", "togglebutton"):
            unused = script != "searchindex" or name != "search"
            assert not (unused and script in " ".join(scripts)), (
                f"{name} loads {script}"
            )
    search = str(book.pages["search"])
    assert "searchindex.js" in search
    assert "searchtools.js" in search


# What the machine lacks


@pytest.fixture
def katex(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(ROOT / "_ext")
    import katex_math

    monkeypatch.setattr(katex_math, "CACHE", tmp_path)
    return katex_math


def test_without_node_one_line_says_what_to_do(katex, monkeypatch):
    monkeypatch.setattr(katex.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(katex.shutil, "which", lambda name: None)
    with pytest.raises(katex.ExtensionError, match=r"install Node\.js\.$"):
        katex.node_commands()


def test_node_of_the_machine_serves_too(katex, monkeypatch):
    monkeypatch.setattr(katex.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(katex.shutil, "which", lambda name: f"/bin/{name}")
    assert katex.node_commands() == ("/bin/node", ["/bin/npm"])


def fetch(katex, npm):
    """Fetch by a Python program that stands for npm."""
    package = f"katex@{katex.VERSION}"
    command = [sys.executable, "-c", npm]
    return katex.fetch(command, package, katex.SHA512, katex.unpack)


def test_without_network_one_line_says_what_to_do(katex, tmp_path):
    fail = "import sys; sys.exit('npm error code ENOTFOUND')"
    with pytest.raises(katex.ExtensionError) as caught:
        fetch(katex, fail)
    assert "(ENOTFOUND). The first build needs a network" in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_another_katex_is_refused(katex, tmp_path):
    swap = (
        "import sys, pathlib; o = [a for a in sys.argv if 'pack-d' in a][0];"
        f"f = pathlib.Path(o.split('=')[1]) / 'katex-{katex.VERSION}.tgz';"
        "f.write_bytes(b'something else')"
    )
    with pytest.raises(katex.ExtensionError, match="is not the file whose"):
        fetch(katex, swap)
    assert not list(tmp_path.iterdir())
