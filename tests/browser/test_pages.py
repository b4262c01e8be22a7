"""Every page is opened from a disk, and what must hold is looked at."""

import re
from collections import defaultdict

import pytest

from tests.browser import DESKTOP, OPEN, PAPER, PHONE, WIDE, listen
from tests.test_book import fail_with

BOX = "pre, .katex-display, .pst-scrollable-table-container"
# A box of one pixel holds words for those who listen.
CROPPED = f"""() => [...document.querySelectorAll(".bd-article *")].filter(e =>
    e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1 &&
    getComputedStyle(e).overflowX != "visible" &&
    !e.closest("{BOX}") && !e.closest(".katex-mathml")
).map(e => e.outerHTML.slice(0, 120))"""
# A browser rounds sizes to pixels, which shows in a flat picture.
STRETCHED = """e => Math.abs(
    e.clientWidth * e.naturalHeight / e.naturalWidth - e.clientHeight
) > 1.5"""
CUT = """() => [...document.querySelectorAll(".katex-display, pre")].filter(
    e => e.offsetWidth && e.scrollWidth > e.clientWidth + 1
).map(e => e.textContent.slice(0, 80))"""


def sideways(page, name):
    """What is wider than the screen and stands in no box that scrolls."""
    size = page.viewport_size["width"]
    wide = page.evaluate(WIDE)
    found = ([wide] if wide else []) + page.evaluate(CROPPED)
    yield from (f"at {size} pixels too wide: {html}" for html in found)


def anchors(page, name):
    """Headings that a link cannot reach, or not for long."""
    found = page.locator("section[id]:has(> h1, > h2, > h3)").evaluate_all(
        "all => all.map(e => e.id)"
    )
    for anchor in found:
        if re.fullmatch(r"(id|section-?)\d+", anchor):
            yield f"#{anchor} is only a number"
    if not found and name not in ("genindex", "search", "404"):
        yield "no heading with an anchor"


def figures(page, name):
    """Pictures without link, wider than the text, or out of shape."""
    for image in page.locator("figure img").all():
        image.scroll_into_view_if_needed()
        link = image.evaluate("e => e.closest('a')?.href || ''")
        if link != image.evaluate("e => e.src"):
            yield "no link to its picture"
        if image.evaluate(
            "e => e.closest('article').clientWidth < e.clientWidth"
        ):
            yield "a picture is too wide"
        image.evaluate("e => e.decode()")
        if image.evaluate(STRETCHED):
            yield "a picture lost its shape"


def cut(page, name):
    """Formulas and code that paper would cut off."""
    for text in page.evaluate(CUT):
        yield f"too wide for paper: {text}"


LOOKS = (
    (PHONE, "screen", (sideways, figures)),
    (PAPER, "print", (cut,)),
    (DESKTOP, "screen", (sideways, anchors)),
)


@pytest.fixture(scope="module")
def faults(browser, names, folder):
    """What is wrong with every page, by the name of the look."""
    page, base = browser.new_page(), folder.as_uri()
    page.add_init_script(OPEN)
    found, log = defaultdict(list), listen(page, base)
    for name in names:
        page.set_viewport_size(LOOKS[0][0])
        page.emulate_media(media=LOOKS[0][1])
        page.goto(f"{base}/{name}.html")
        for size, media, looks in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(media=media)
            for look in looks:
                faulty = look(page, name)
                found[look] += [f"{name}: {line}" for line in faulty]
        found["noise"] += [f"{name}: {line}" for line in log]
        log.clear()
    page.close()
    return found


def test_every_page_loads_in_silence(faults):
    fail_with(faults["noise"])


def test_nothing_scrolls_sideways_but_boxes(faults):
    fail_with(faults[sideways])


def test_headings_have_lasting_anchors(faults):
    fail_with(faults[anchors])


def test_figures_fit_and_open_large(faults):
    fail_with(faults[figures])


def test_nothing_is_cut_on_paper(faults):
    fail_with(faults[cut])
