"""axe, which knows what keeps people out of a page, finds nothing.

Every page is judged where it is opened, in `test_pages`; here a page of each
kind is, whole and in each of its looks.
"""

import pytest

from tests.browser import KINDS, OPEN, PHONE, violations
from tests.test_book import fail_with


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
        problems += [f"{name}: {line}" for line in violations(page)]
    fail_with(problems)
