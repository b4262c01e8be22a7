"""axe, which knows what keeps people out of a page, finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import KINDS, OPEN, PHONE
from tests.test_book import fail_with

AXE = Axe()
# KaTeX hides what it draws from screen readers and gives them MathML; its
# thousands of boxes take most of axe's time and hold no text of ours.
DRAWN = [".katex-html"]
# So does the color of each word of code, which is the same on every page.
CODE = ["pre"]
WHOLE = ([DRAWN], {})
QUICK = (
    ([DRAWN], {"rules": {"color-contrast": {"enabled": False}}}),
    ([DRAWN, CODE], {"runOnly": ["color-contrast"]}),
)


def violations(page, name, *runs):
    """What axe finds on a page, one line for each kind of fault."""
    found = []
    for excluded, options in runs:
        options = {"resultTypes": ["violations"], "preload": False} | options
        result = AXE.run(page, context={"exclude": excluded}, options=options)
        for fault in result.response["violations"]:
            nodes = fault["nodes"]
            why = nodes[0]["failureSummary"].splitlines()[1].strip()
            html = nodes[0]["html"].replace("\n", " ")[:120]
            count = f"{len(nodes)} times, first" * (len(nodes) > 1) or "in"
            found.append(f"{name}: {fault['id']}: {why} {count} {html}")
    return found


def test_axe_finds_nothing_on_any_page(reader, names, server):
    page, problems = reader(), []
    page.add_init_script(OPEN)
    for name in names:
        page.goto(f"{server}/{name}.html")
        problems += violations(page, name, *QUICK)
    fail_with(problems)


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, {"viewport": PHONE}],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_on_a_page_of_each_kind(reader, server, options):
    page, problems = reader(**options), []
    page.add_init_script(OPEN)
    for name in KINDS:
        page.goto(f"{server}/{name}.html")
        problems += violations(page, name, WHOLE)
    fail_with(problems)
