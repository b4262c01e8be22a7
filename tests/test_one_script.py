"""The script that the build makes of eight."""

import pytest

from tools.environment import ROOT

HEAD = (
    '<link rel="preload" as="script" href="{0}_static/b.js?digest=1" />\n'
    '<script defer src="{0}_static/a.js?v=1"></script>\n'
    '<script defer data-own="x" src="{0}_static/own.js"></script>\n'
    '<script type="module">A.page = 1;</script>\n'
    '<script defer src="{0}_static/b.js?digest=1"></script>'
)


@pytest.fixture
def one_script(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "_ext")
    import one_script

    return one_script


@pytest.fixture
def book(tmp_path):
    """A page in a folder, one beside it, and three scripts."""
    files = {
        "index.html": HEAD.format(""),
        "part/page.html": HEAD.format("../"),
        "plain.html": "<p>no script</p>",
        "_static/a.js": "const A = {} // no semicolon, and a comment",
        "_static/b.js": "A.b = 1",
        "_static/own.js": "A.own = document.currentScript",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def make(one_script, book):
    one_script.make(book, sorted(book.rglob("*.html")))
    return (book / "_static/scripts.js").read_text("utf-8")


def test_pages_ask_for_one_script(one_script, book):
    make(one_script, book)
    for name, way in (("index.html", ""), ("part/page.html", "../")):
        html = (book / name).read_text("utf-8")
        assert html.count(f'<script defer src="{way}_static/scripts.js?') == 1
        assert "a.js" not in html and "b.js" not in html
        assert f'<script defer data-own="x" src="{way}_static/own.js">' in html
        assert "A.page = 1" in html
    assert (book / "plain.html").read_text("utf-8") == "<p>no script</p>"


def test_scripts_stand_in_order_and_apart(one_script, book):
    js = make(one_script, book)
    assert js.splitlines() == [
        "",
        "/* _static/a.js */",
        "const A = {} // no semicolon, and a comment",
        ";",
        "/* _static/b.js */",
        "A.b = 1",
        ";",
    ]


def test_second_build_is_the_first(one_script, book):
    first = make(one_script, book)
    assert make(one_script, book) == first
