"""The book as one PDF: every page of it, bookmarks, page numbers."""

import html
import re
import unicodedata

import pytest
import yaml

from tools import book, browser, notebook, pdf
from tools.environment import ROOT

pypdf = pytest.importorskip("pypdf")
pytestmark = pytest.mark.skipif(browser.find() is None, reason=browser.ABSENT)


# Chromium prints the whole book in minutes. One page in so many is enough to
# see what becomes of a page; that all are there is seen before.
EVERY = 12
THIN = f"""<script>
document.querySelectorAll(".toctree-wrapper > section").forEach(
    (page, number) => number % {EVERY} && page.remove())
</script>"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The whole book as one page."""
    return pdf.one_page(tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="module")
def document(whole):
    """The printed part of the book."""
    source = whole.read_text("utf-8")
    thin = whole.with_name("thin.html")
    thin.write_text(source.replace("</body>", f"{THIN}</body>"), "utf-8")
    pdf.print_page(thin, whole.with_name("book.pdf"))
    return pypdf.PdfReader(whole.with_name("book.pdf"))


@pytest.fixture(scope="module")
def texts(document):
    # Fonts draw "fl" and the like as one letter, which is none of a heading.
    return [
        unicodedata.normalize("NFKC", page.extract_text())
        for page in document.pages
    ]


def bookmarks(document, outline):
    """Each bookmark with the number of its page, from 1."""
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(document, entry)
        else:
            page = document.get_destination_page_number(entry)
            yield entry.title, page + 1


def titles():
    """The titles of all pages but the first, in reading order."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    for part in contents["parts"]:
        for chapter in part["chapters"]:
            path = ROOT / f"{chapter['file']}.ipynb"
            if path.exists():
                first = notebook.read(path).cells[0].source
            else:
                first = path.with_suffix(".md").read_text("utf-8")
            title = first.splitlines()[0].removeprefix("# ")
            if chapter["file"].startswith("solutions"):
                title = title.replace("Exercises:", "Solutions:", 1)
            yield title


def test_all_pages_are_there(whole):
    heads = re.findall(
        r"</span><section [^>]*>\n<h2>(.*?)<a class=\"headerlink",
        whole.read_text("utf-8"),
    )
    shown = [re.sub(r"<span.*?</span>", "", head) for head in heads]
    assert [html.unescape(title) for title in shown] == [*titles()]


def test_bookmarks_lead_to_every_page(document, texts):
    found = [
        (re.sub(r"^\d+\. ", "", title), page)
        for title, page in bookmarks(document, document.outline)
    ]
    wanted = [*titles()][::EVERY]
    assert [title for title, _ in found if title in wanted] == wanted
    for title, page in found:
        if title in wanted:
            words = "".join(title.split())
            text = "".join(texts[page - 1].split())
            assert words in text, f"{title}, page {page}"


def test_every_page_has_its_number(texts):
    for number, text in enumerate(texts, start=1):
        assert text.split(), f"page {number} is empty"
        assert text.split()[-1] == str(number)


def test_every_tab_stands_under_its_name(texts):
    for word in ("NumPy", "TensorFlow", "PyTorch"):
        assert "".join(texts).count(f"\n{word}\n") > 5, word


def test_lost_bookmark_is_one_line(tmp_path):
    path = tmp_path / "book.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(path)
    with pytest.raises(book.BookError, match="for 1 headings") as error:
        pdf.name_bookmarks(path, ["Only one"])
    assert "\n" not in str(error.value)
