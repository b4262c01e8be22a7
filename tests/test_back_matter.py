"""Glossary, notation, bibliography and the plans say what chapters do."""

import ast
import json
import re
from collections import Counter

import pytest
import yaml
from pybtex.database import Entry, parse_file

from tests import form, sections
from tests.form import DOC, Book, tree
from tools.environment import ROOT


@pytest.fixture(scope="module")
def book():
    return Book()


def text_of(name):
    return (ROOT / f"{name}.md").read_text("utf-8")


# Glossary --------------------------------------------------------------------

ENTRY = re.compile(r"^(\S.*)\n  (\S.*)$", re.M)
DEFINED = re.compile(
    r"(?P<korean>[^.]*[가-힣][^.]*)\. (?P<english>[^가-힣]+); "
    r"\{ref\}`introduced here <(?P<label>sec-[\w-]+)>`\."
)
TERM = re.compile(r"(?<!`)\{term\}`(?:[^`<]*<)?([^`>]+?)>?`")


def plain(term):
    """A term as one that could be taken for it: case, hyphen and plural."""
    return re.sub(r"[\s-]+", " ", term.lower()).removesuffix("s")


def glossary_problems(text, there, pages=()):
    """All that is wrong with a glossary; `there` has text by label."""
    body = re.search(
        r"^```\{glossary\}\n:sorted:\n(.*?)^```$", text, re.M | re.S
    )
    entries = ENTRY.findall(body[1])
    if len(entries) != body[1].strip().count("\n\n") + 1 or (
        3 * len(entries) != len(body[1].strip().splitlines()) + 1
    ):
        yield "an entry is not a term with one line below it"
    for key, count in Counter(plain(term) for term, _ in entries).items():
        if count > 1:
            yield f"{key}: defined {count} times"
    korean = Counter()
    for term, definition in entries:
        match = DEFINED.fullmatch(definition)
        if not match:
            yield f"{term}: not `Korean. One sentence; introduced here`"
            continue
        korean.update(match["korean"].split(", "))
        if re.search(r"[.!?] [A-Z]", match["english"]):
            yield f"{term}: more than one sentence"
        # Words are bent: quantized is where quantization is introduced.
        stems = [w[:4].lower() for w in re.findall(r"[\w/]+", term)]
        section = there.get(match["label"], "").lower()
        if not any(stem in section for stem in stems):
            yield f"{term}: not in the section {match['label']}"
    for word, count in korean.items():
        if count > 1:
            yield f"{word}: stands for {count} terms"
    terms = {term.lower() for term, _ in entries}
    for page, content in pages:
        for used in TERM.findall(content):
            if used.lower() not in terms:
                yield f"{page} uses {used}, which is not in the glossary"


def prose(book):
    yield from ((page.relative, page.text) for page in book.pages)
    yield from ((p.name, p.read_text("utf-8")) for p in ROOT.glob("*.md"))


def test_glossary(book):
    text = text_of("glossary")
    there = sections.of(book)
    assert list(glossary_problems(text, there, prose(book))) == []
    assert len(ENTRY.findall(text)) >= 200


ADAM = (
    "Adam\n  아담. An optimizer that moves along an average of the gradients, "
    "divided by the root of an average of their squares; "
    "{ref}`introduced here <sec-adam-rule>`."
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("아담. An", "An", "Adam: not `Korean"),
        ("아담", "학습률", "학습률: stands for 2 terms"),
        ("Adam\n", "Learning-rates\n", "learning rate: defined 2 times"),
        ("gradients, div", "gradients. It is div", "more than one sentence"),
        ("by the root", "by a root", None),
        ("sec-adam-rule", "sec-xor-proof", "Adam: not in the section"),
        ("sec-adam-rule", "sec-adam-nowhere", "Adam: not in the section"),
        ("Adam\n  ", "Adam\n  x\n  ", "not a term with one line"),
        (
            "`introduced here <sec-adam-rule>`",
            "`here <sec-adam-rule>`",
            "Adam",
        ),
    ],
)
def test_fault_in_the_glossary(book, old, new, said):
    text = text_of("glossary")
    assert ADAM in text
    spoiled = text.replace(ADAM, ADAM.replace(old, new))
    found = list(glossary_problems(spoiled, sections.of(book)))
    assert [line for line in found if said in line] if said else not found


def test_term_that_is_not_there(book):
    pages = [("a.md", "See {term}`Adam` and {term}`an atom <atoms>`.")]
    found = glossary_problems(text_of("glossary"), sections.of(book), pages)
    assert list(found) == ["a.md uses atoms, which is not in the glossary"]


# Notation --------------------------------------------------------------------

MATH = re.compile(r"\$\$(.+?)\$\$|\$([^$]+)\$", re.S)


def identifiers(page):
    """All names in the code of a page."""
    found = set()
    for cell in page.code:
        for node in ast.walk(tree(cell) or ast.Module([], [])):
            for key in ("id", "arg", "name"):
                found.add(getattr(node, key, None))
    return found


def stands(symbol, formulas):
    """Whether a formula holds the symbol, and not only as part of another."""
    quoted = re.escape(symbol.strip())
    start = r"(?<![A-Za-z\\])" if symbol[0].isalpha() else ""
    return bool(re.search(rf"{start}{quoted}(?![A-Za-z])", formulas))


def symbol_tables(text):
    """(heading, cells) of each row of the tables of symbols."""
    for part in re.split(r"^### ", text, flags=re.M)[1:]:
        heading = part.splitlines()[0]
        for line in part.splitlines():
            if line.startswith("| $"):
                cells = [c.strip() for c in line.strip()[1:-1].split("|")]
                yield heading, cells


def notation_problems(text, pages):
    """Symbols not used where the page says so, or told apart by nothing."""
    seen = set()
    for heading, cells in symbol_tables(text):
        if len(cells) != 5:
            yield f"{cells[0]}: {len(cells)} columns"
            continue
        symbols = re.findall(r"\$([^$]+)\$", cells[0])
        code = re.findall(r"`(\w+)`", cells[1])
        where = [
            link.removeprefix("/chapters/") for link in DOC.findall(cells[4])
        ]
        if not where:
            yield f"{cells[0]}: leads to no chapter"
        formulas, names = "", set()
        for name in where:
            if name not in pages:
                yield f"{cells[0]}: there is no chapter {name}"
                continue
            found = " ; ".join(
                a or b for a, b in MATH.findall(pages[name].text)
            )
            if not any(stands(symbol, found) for symbol in symbols):
                yield f"{cells[0]}: in no formula of {name}"
            formulas += f" ; {found}"
            names |= identifiers(pages[name])
        for symbol in symbols:
            if not stands(symbol, formulas):
                yield f"{symbol}: in no formula of {', '.join(where)}"
        if code and not names & {*code}:
            yield f"{cells[1]}: not in the code of {', '.join(where)}"
        for symbol in symbols:
            again = (heading, symbol) in seen
            if again and not cells[2].startswith(
                ("there", "in schedule-free")
            ):
                yield f"{symbol}: twice in one table, not told apart"
            seen.add((heading, symbol))


def test_notation(book):
    found = notation_problems(text_of("notation"), book.of("chapters"))
    assert list(found) == []
    assert len(list(symbol_tables(text_of("notation")))) > 60


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("| $\\Phi$ |", "| $\\Psi$ |", "\\Psi: in no formula"),
        ("`kappa`", "`cappa`", "`cappa`: not in the code"),
        ("there: variance", "variance", "v: twice in one table"),
        ("</chapters/activations/gelu>", "</chapters/a/b>", "no chapter a/b"),
    ],
)
def test_fault_in_the_notation(book, old, new, said):
    text = text_of("notation")
    assert old in text
    found = notation_problems(text.replace(old, new), book.of("chapters"))
    assert any(said in line for line in found)


# Bibliography ----------------------------------------------------------------

GOOD = {"title": "A", "year": "2020", "doi": "10.1000/a"}


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("article", {}, None),
        ("article", {"doi": ""}, "has no doi and no eprint"),
        ("article", {"doi": "doi.org/10.1/x"}, "no doi of the usual form"),
        ("article", {"doi": "10.5555/1"}, "doi.org does not know"),
        ("article", {"doi": "", "url": "https://a.org/x"}, "has no doi"),
        ("inproceedings", {"doi": "", "url": "https://icml.cc/1"}, None),
        ("book", {"doi": "", "isbn": "978-0-387-31073-2"}, None),
        ("misc", {"doi": "", "eprint": "2001.12345"}, None),
        ("misc", {"eprint": "2001.1"}, "no eprint of the usual form"),
        ("article", {"year": ""}, "has no year"),
    ],
)
def test_fault_in_a_source(kind, change, said):
    entry = Entry(kind, fields=list((GOOD | change).items()))
    found = list(form.source(entry))
    assert any(said in line for line in found) if said else not found


def test_no_source_stands_twice():
    entries = parse_file(str(ROOT / "references.bib")).entries.values()
    for name in ("doi", "eprint"):
        values = Counter(
            entry.fields.get(name, "").lower() for entry in entries
        )
        assert [v for v, count in values.items() if v and count > 1] == []


# Plans -----------------------------------------------------------------------

PLAN = re.compile(r"^```\{course-plan\}\n(.*?)^```$", re.M | re.S)
HOURS = 9  # of a student's week, at most


def plans():
    """The weeks of each plan, as lists of chapters."""
    return [
        list(yaml.safe_load(plan).values())
        for plan in PLAN.findall(text_of("instructors"))
    ]


def minutes(name):
    """Of a chapter and of its exercises."""
    total = 0
    for path in ROOT.glob(f"[ce]*/{name}.ipynb"):
        if path.parts[-3] in ("chapters", "exercises"):
            course = json.loads(path.read_text("utf-8"))["metadata"]["course"]
            total += course["minutes"]
    return total


def plan_problems(weeks, first, load=minutes):
    """What is out of order in a plan, for what to read `first` by chapter."""
    week_of = {name: k for k, week in enumerate(weeks) for name in week}
    if sum(map(len, weeks)) > len(week_of):
        yield "a chapter stands in it twice"
    for name, number in week_of.items():
        for wanted in first[name]:
            if week_of.get(wanted, 99) > number:
                yield f"{name} comes without {wanted}"
        same = weeks[number]
        if any(
            wanted in same and same.index(wanted) > same.index(name)
            for wanted in first[name]
        ):
            yield f"{name} comes before what it rests on"
    for number, week in enumerate(weeks, 1):
        if sum(map(load, week)) > 60 * HOURS:
            yield f"week {number} has more than {HOURS} hours"


@pytest.fixture(scope="module")
def first(book):
    chapters = book.of("chapters")
    return {n: p.course["prerequisites"] for n, p in chapters.items()}


def test_plans(book, first):
    six, twelve = plans()
    assert (len(six), len(twelve)) == (6, 12)
    assert len([name for week in six for name in week]) == 18
    assert list(plan_problems(six, first)) == []
    assert list(plan_problems(twelve, first)) == []
    every = sorted(name for week in twelve for name in week)
    assert every == sorted(book.names("chapters"))


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ([["a"], ["b"]], None),
        ([["b"], ["a"]], "b comes without a"),
        ([["b"]], "b comes without a"),
        ([["b", "a"]], "b comes before"),
        ([["a"], ["a", "b"]], "twice"),
        ([["a", "b", "c"]], "week 1 has more"),
    ],
)
def test_fault_in_a_plan(weeks, said):
    first = {"a": [], "b": ["a"], "c": []}
    found = list(plan_problems(weeks, first, lambda name: 200))
    assert any(said in line for line in found) if said else not found


# The graph -------------------------------------------------------------------


@pytest.fixture
def graph(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "_ext")
    import course_graph

    return course_graph


def test_graph_leaves_out_what_follows(graph):
    first = {"a": [], "b": ["a"], "c": ["a", "b"], "d": ["c", "a"]}
    assert graph.reduced(first) == {
        "a": [],
        "b": ["a"],
        "c": ["b"],
        "d": ["c"],
    }


def test_graph_leads_to_the_same_chapters(graph, first):
    fewer = graph.reduced(first)
    for name in first:
        assert graph.before(fewer, name) == graph.before(first, name)


def test_lanes_beside_each_other_have_their_own_place(graph, book, first):
    order = book.names("chapters")
    fewer = graph.reduced({name: first[name] for name in order})
    lanes = graph.lanes(fewer)
    ends = {a: k for k, b in enumerate(order) for a in fewer[b]}
    assert set(lanes) == set(ends)
    for a in lanes:
        for b in lanes:
            overlap = order.index(a) < ends[b] and order.index(b) < ends[a]
            assert a == b or lanes[a] != lanes[b] or not overlap
    assert max(lanes.values()) < 16
