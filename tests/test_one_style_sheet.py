"""The style sheet that the build makes of ten."""

import pytest

from tools.environment import ROOT


@pytest.fixture
def sheet(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "_ext")
    import one_style_sheet

    return one_style_sheet


@pytest.fixture
def book(tmp_path):
    """A page in a folder, one beside it, and two style sheets."""
    links = (
        '<head><link href="{0}_static/a/theme.css?digest=1" rel="stylesheet"/>'
        '<link rel="stylesheet" href="{0}_static/own.css" /></head>'
        '<body class="used"></body>'
    )
    files = {
        "index.html": links.format(""),
        "part/page.html": links.format("../"),
        "_static/a/theme.css": (
            '@charset "UTF-8";@import "../base.css";'
            ".unused{color:red}.used{src:url(../fonts/f.woff2)}"
        ),
        "_static/base.css": "p{margin:0}",
        "_static/own.css": '@import "base.css";b{src:url("data:x")}',
        "_static/button.js": "e.classList.add('made-by-script')",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def make(sheet, book):
    pages = [book / "index.html", book / "part/page.html"]
    return sheet.make(book, pages, [book / "_static/button.js"])


def test_pages_link_one_sheet(sheet, book):
    css = make(sheet, book)
    assert (book / "_static/styles.css").read_text("utf-8") == css
    for name, way in (("index.html", ""), ("part/page.html", "../")):
        html = (book / name).read_text("utf-8")
        assert html.count("stylesheet") == 1
        assert f'href="{way}_static/styles.css?v=' in html


def test_imports_stand_once_and_addresses_move(sheet, book):
    css = make(sheet, book)
    assert css.startswith('@charset "UTF-8";')
    assert css.count("@") == 1
    assert css.count("p{margin:0}") == 1
    assert "url(fonts/f.woff2)" in css
    assert 'url("data:x")' in css
    assert "unused" not in css


def test_second_build_is_the_first(sheet, book):
    first = make(sheet, book)
    assert make(sheet, book) == first


def test_pages_that_differ_are_refused_in_one_line(sheet, book):
    (book / "index.html").write_text(
        '<link rel="stylesheet" href="_static/own.css"/>', "utf-8"
    )
    with pytest.raises(sheet.ExtensionError, match=r"^pages differ in what"):
        make(sheet, book)


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{x:1}", ".a{x:1}"),
        (".a.b{x:1}", ""),
        (".a .b{x:1}", ""),
        (".b,.a{x:1}", ".a{x:1}"),
        (".a:not(.b,.c){x:1}", ".a:not(.b,.c){x:1}"),
        (".b:not(.a){x:1}", ""),
        (':is(.b,.c:not(.d)) p{x:1}', ":is(.b,.c:not(.d)) p{x:1}"),
        ('p[href$=".b"]{x:1}', 'p[href$=".b"]{x:1}'),
        ("p{x:.5em}", "p{x:.5em}"),
        ("@media print{.a{x:1}.b{x:2}}", "@media print{.a{x:1}}"),
        ("@media print{.b{x:2}}", ""),
        ("@font-face{src:url(x.b)}", "@font-face{src:url(x.b)}"),
        ("@keyframes b{from{x:1}}", "@keyframes b{from{x:1}}"),
    ],
)  # fmt: skip
def test_rules_stay_that_can_meet_an_element(sheet, css, kept):
    rules = sheet.tinycss2.parse_stylesheet(css, True, True)
    assert sheet.used(rules, {"a"}) == kept
