"""axe, which knows what keeps people out of a page, finds nothing.

It takes as long as all else that is looked at on every page, so it has a
file of its own: two workers then share the pages.
"""

import pytest

from tests.browser import KINDS, OPEN, PHONE, violations
from tests.test_book import fail_with

PLAIN = """() => document.querySelectorAll("pre").forEach(
    e => e.textContent = e.textContent)"""


def faults(page, names, server, change=None):
    """What axe finds, page by page, after a script changed the page."""
    page.add_init_script(OPEN)
    for name in names:
        page.goto(f"{server}/{name}.html")
        if change:
            page.evaluate(change)
        yield from (f"{name}: {line}" for line in violations(page))


def test_axe_finds_nothing_on_any_page(reader, names, server):
    """The colors of code are left out: every page has the same."""
    fail_with(list(faults(reader(), names, server, PLAIN)))


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, {"viewport": PHONE}],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_on_a_page_of_each_kind(reader, server, options):
    fail_with(list(faults(reader(**options), KINDS, server)))
