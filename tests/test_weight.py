"""What a page may cost its reader; times are measured by `make weight`."""

import re

import pytest

from tools import browser, weight

needs_browser = pytest.mark.skipif(
    browser.find() is None, reason=browser.ABSENT
)


def pages(folder):
    """A chapter, the page with most formulas, the title page, exercises."""
    return (weight.PAGE, weight.most_formulas(folder), *weight.OTHER_PAGES)


@pytest.fixture(scope="module")
def visits(first_page):
    """Of each page: the visit of a new reader, and of one from another."""
    from playwright.sync_api import sync_playwright

    folder, found = first_page.parent, {}
    with sync_playwright() as playwright, weight.serve(folder) as server:
        chromium = browser.launch(playwright)
        for page in pages(folder):
            found[page] = (
                weight.visit(chromium, server, page)[0],
                weight.visit(chromium, server, "notation", page)[1],
            )
    return found


@needs_browser
def test_first_visit_is_light(visits):
    for page, (first, _) in visits.items():
        assert first.bytes < 350_000, f"{page}: {first.bytes} bytes"
        assert first.requests <= 30, f"{page}: {first.requests} requests"


@needs_browser
def test_second_page_is_lighter(visits):
    for page, (_, second) in visits.items():
        assert second.bytes < 60_000, f"{page}: {second.bytes} bytes"


@needs_browser
def test_nothing_moves_while_a_page_loads(visits):
    for page, both in visits.items():
        assert max(v.shift for v in both) < 0.01, f"{page}: {both}"


def test_formulas_are_in_the_page_itself(first_page):
    """No script has to draw them: they are there at the first paint."""
    for page in (weight.PAGE, weight.most_formulas(first_page.parent)):
        html = (first_page.parent / f"{page}.html").read_text("utf-8")
        assert html.count('class="katex-html"') > 50, page
        assert not re.search(r"<script[^>]*(?:katex|mathjax)", html, re.I)


def test_without_a_browser_one_line_says_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(browser, "find", lambda: None)
    assert weight.main() == 1
    assert capsys.readouterr().out == browser.ABSENT + "\n"
