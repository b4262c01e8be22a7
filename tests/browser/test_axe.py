"""axe, which knows what keeps people out of a page, finds nothing.

It takes as long as all else that is looked at on every page, so it has a
file of its own: two workers then share the pages.
"""

from tests.browser import OPEN, listen, violations
from tests.test_book import fail_with

PLAIN = """() => document.querySelectorAll("pre").forEach(
    e => e.textContent = e.textContent)"""


def test_axe_finds_nothing_on_any_page(reader, names, server):
    """The colors of code are left out: every page has the same.

    No page says anything on the way, or asks for what is elsewhere: here
    from a server, in `test_pages.py` from a disk.
    """
    page = reader()
    page.add_init_script(OPEN)
    found, log = [], listen(page, server)
    for name in names:
        page.goto(f"{server}/{name}.html")
        page.evaluate(PLAIN)
        found += [f"{name}: {line}" for line in [*violations(page), *log]]
        log.clear()
    fail_with(found)
