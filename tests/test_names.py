"""Every name of concordance.md exists, and names used in chapters are there.

One process imports both frameworks; no kernel is started.
"""

import ast
import importlib
import re
import types
import warnings

import pytest

from tests import sections
from tests.form import Book, tree
from tools.environment import ROOT

LIBRARIES = {
    "np": "numpy",
    "scipy": "scipy",
    "keras": "keras",
    "tf": "tensorflow",
    "torch": "torch",
}
COLUMNS = [{"np", "scipy"}, {"keras", "tf"}, {"torch"}]
# All names that begin so stand in the page, others if enough pages use them.
ALWAYS = (
    *(
        f"keras.{part}."
        for part in (
            "activations", "callbacks", "initializers", "layers", "losses",
            "metrics", "models", "optimizers", "regularizers",
        )
    ),
    "keras.Input", "keras.Model", "keras.Sequential",
    "tf.nn.", "tf.GradientTape", "tf.autodiff.", "tf.custom_gradient",
    "torch.nn.", "torch.optim.", "torch.autograd.", "torch.func.",
)  # fmt: skip
PAGES = {"np": 5, "keras": 2, "tf": 2, "torch": 2}
LINK = re.compile(r"\{ref\}`[^`<]+<(sec-[\w-]+)>`")
GIVEN_UP = re.compile(
    r"\bTHIS (?:FUNCTION|CLASS|METHOD) IS DEPRECATED"
    r"|(?:method|function|class) is (?:now )?deprecated|^\.\. deprecated::",
    re.I | re.M,
)


def rows(page):
    """(line, cells) of the tables of a page in MyST, without their heads."""
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip()[1:-1].split("|")]
        if line.startswith("| ") and cells[0] != "What":
            yield line, cells


def names(page):
    """All names of the tables."""
    found = re.findall(r"`((?:np|scipy|keras|tf|torch)\.[\w.]+)`", page)
    return list(dict.fromkeys(found))


def resolve(name):
    """The object of a dotted name, or `AttributeError`, `ImportError`."""
    first, *parts = name.split(".")
    found, done = importlib.import_module(LIBRARIES[first]), LIBRARIES[first]
    for part in parts:
        done = f"{done}.{part}"
        try:
            found = getattr(found, part)
        except AttributeError:
            if not isinstance(found, types.ModuleType):
                raise
            found = importlib.import_module(done)
    return found


def complaint(name):
    """Why a name should not be in the page, or nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = resolve(name)
    except (AttributeError, ImportError) as error:
        return f"{name}: no such name ({error})"
    except Warning as warning:
        return f"{name}: {warning}"
    if GIVEN_UP.search((found.__doc__ or "")[:1000]) or getattr(
        found, "__deprecated__", None
    ):
        return f"{name}: its library gave it up"
    return None


# What chapters use -----------------------------------------------------------


def used(page):
    """The dotted names of the libraries in the code of a page."""
    short = {library: name for name, library in LIBRARIES.items()}
    known = {}

    def dotted(node):
        if isinstance(node, ast.Name):
            return known.get(node.id)
        if isinstance(node, ast.Attribute):
            before = dotted(node.value)
            return before and f"{before}.{node.attr}"
        return None

    def imported(module, asname):
        library, _, rest = module.partition(".")
        if library in short:
            own = short[library]
            name = f"{own}.{rest}" if rest and asname else own
            known[asname or library] = name

    nodes = [
        node
        for cell in page.code
        for node in ast.walk(tree(cell) or ast.Module([], []))
    ]
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                imported(alias.name, alias.asname)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                imported(whole, alias.asname or alias.name)
    # `nn = torch.nn`, and two such at once.
    for node in nodes:
        if isinstance(node, ast.Assign):
            targets, values = node.targets[0], node.value
            pairs = [(targets, values)]
            if isinstance(targets, ast.Tuple) and isinstance(
                values, ast.Tuple
            ):
                pairs = zip(targets.elts, values.elts, strict=False)
            for target, value in pairs:
                if isinstance(target, ast.Name) and dotted(value):
                    known[target.id] = dotted(value)
    found = {name for name in map(dotted, nodes) if name}
    return found | {name for name in known.values() if "." in name}


def public(name):
    """The name up to the first thing that is no module, if it is callable."""
    parts = name.split(".")
    for end in range(2, len(parts) + 1):
        try:
            found = resolve(".".join(parts[:end]))
        except (AttributeError, ImportError):
            return None
        if not isinstance(found, types.ModuleType):
            part = parts[end - 1]
            wanted = callable(found) and not part.startswith("_")
            return ".".join(parts[:end]) if wanted else None
    return None


def pages_of_names(book):
    """Each public name, and the chapters that use it."""
    found = {}
    for page in book.pages:
        if page.book == "chapters":
            for name in {*filter(None, map(public, used(page)))}:
                found.setdefault(name, []).append(page.name)
    return found


def needed(name, pages):
    """Whether the page says that it has this name."""
    first = name.split(".")[0]
    return name.startswith(ALWAYS) or len(pages) >= PAGES.get(first, 99)


def missing(book, text):
    """Needed names that are neither there nor other names for what is."""
    there = names(text)
    objects = [resolve(name) for name in there]
    return [
        f"{name}, used in {', '.join(pages)}"
        for name, pages in sorted(pages_of_names(book).items())
        if needed(name, pages)
        and name not in there
        and not any(resolve(name) is other for other in objects)
    ]


# The tests -------------------------------------------------------------------


@pytest.fixture(scope="module")
def text():
    return (ROOT / "concordance.md").read_text("utf-8")


@pytest.fixture(scope="module")
def book():
    return Book()


def test_every_name_exists_and_is_not_given_up(text):
    found = names(text)
    assert len(found) > 250
    assert [line for line in map(complaint, found) if line] == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("keras.layers.Dens", "no such name"),
        ("tf.nn.relu7", "no such name"),
        ("torch.nn.init.kaiming_normal", "gave it up"),
        ("tf.test.is_gpu_available", "gave it up"),
        ("np.in1d", "no such name"),
    ],
)
def test_a_wrong_or_old_name_is_refused(name, why):
    assert re.search(why, complaint(name) or "nothing")


def test_names_stand_in_the_column_of_their_library(text):
    wrong = []
    for line, cells in rows(text):
        assert len(cells) == 4, line
        for cell, libraries in zip(cells[1:], COLUMNS, strict=True):
            found = {name.split(".")[0] for name in names(cell)}
            if not found <= libraries or bool(found) is not bool(cell):
                wrong.append(line)
    assert wrong == []


def astray(book, text):
    """Rows whose first link leads to a section that has none of the names."""
    there = sections.of(book)
    for line, cells in rows(text):
        label = LINK.match(cells[0])
        section = there.get(label[1], "") if label else ""
        last = "|".join(name.rpartition(".")[2] for name in names(line))
        if not re.search(rf"\b(?:{last})\b", section):
            yield line


def test_every_row_leads_to_where_one_of_its_names_stands(book, text):
    assert list(astray(book, text)) == []
    spoiled = text.replace("<sec-relu-frameworks>", "<sec-xor-proof>")
    assert len(list(astray(book, spoiled))) == 1


def test_rows_that_differ_lead_to_a_chapter(book, text):
    labels = re.findall(r"`≠ <([\w-]+)>", text)
    assert len(labels) > 30
    assert set(labels) - {"sec-concordance-scope", *sections.of(book)} == set()


def test_names_that_chapters_use_are_in_the_tables(book, text):
    assert missing(book, text) == []


def test_a_name_left_out_is_missed(book, text):
    for name in ("torch.nn.Linear", "keras.optimizers.Lion", "tf.reduce_sum"):
        spoiled = text.replace(f"`{name}`", "`np.sum`")
        found = missing(book, spoiled)
        assert [line.split(",")[0] for line in found] == [name]


def test_names_are_found_behind_imports_and_other_names(book):
    page = next(p for p in book.pages if p.code)
    source = """
import torch.nn.functional as F
from keras import layers, losses as kl
nn, optim = torch.nn, torch.optim
import torch
F.relu, layers.Dense, kl.Huber, nn.Linear, optim.SGD.step
"""
    cell = types.SimpleNamespace(source=source)
    found = used(types.SimpleNamespace(code=[cell]))
    assert page.code
    wanted = {
        "torch.nn.functional.relu", "keras.layers.Dense",
        "keras.losses.Huber", "torch.nn.Linear", "torch.optim.SGD.step",
    }  # fmt: skip
    assert wanted <= found
    assert public("torch.optim.SGD.step") == "torch.optim.SGD"
