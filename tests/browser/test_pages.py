"""Every page loads in silence, fits its screen and can be linked."""

import re

from tests.browser import DESKTOP, OPEN, PAPER, PHONE, WIDE
from tests.test_book import fail_with


def test_every_page_loads_in_silence(reader, names, base):
    page, problems = reader(), []
    log = []
    page.on(
        "console",
        lambda said: (
            said.type in ("error", "warning")
            and log.append(f"console {said.type}: {said.text}")
        ),
    )
    page.on("pageerror", lambda error: log.append(f"script error: {error}"))
    # An icon that the next page overtakes is not lost.
    page.on(
        "requestfailed",
        lambda r: (
            r.failure != "net::ERR_ABORTED"
            and log.append(f"not found: {r.url}")
        ),
    )
    page.on(
        "response",
        lambda r: r.status < 400 or log.append(f"answer {r.status}: {r.url}"),
    )
    page.on(
        "request",
        lambda r: (
            r.url.startswith((base, "data:"))
            or log.append(f"asks another host: {r.url}")
        ),
    )
    for name in names:
        page.goto(f"{base}/{name}.html")
        problems += [f"{name}: {line}" for line in log]
        log.clear()
    fail_with(problems)


BOX = "pre, .katex-display, .pst-scrollable-table-container"
CROPPED = f"""() => [...document.querySelectorAll(".bd-article *")].filter(e =>
    e.clientWidth && e.scrollWidth > e.clientWidth + 1 &&
    getComputedStyle(e).overflowX != "visible" &&
    !e.closest("{BOX}") && !e.closest(".katex-mathml")
).map(e => e.outerHTML.slice(0, 120))"""


def test_nothing_scrolls_sideways_but_boxes(reader, names, server):
    page, problems = reader(), []
    page.add_init_script(OPEN)
    for name in names:
        page.goto(f"{server}/{name}.html")
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            wide = page.evaluate(WIDE)
            found = ([wide] if wide else []) + page.evaluate(CROPPED)
            at = f"{name} at {size['width']} pixels"
            problems += [f"{at}: too wide: {html}" for html in found]
    fail_with(problems)


def test_headings_have_lasting_anchors(reader, names, server):
    page, problems = reader(), []
    for name in names:
        page.goto(f"{server}/{name}.html")
        anchors = page.locator(
            "section[id]:has(> h1, > h2, > h3)"
        ).evaluate_all("all => all.map(e => e.id)")
        problems += [
            f"{name}: #{anchor} is only a number"
            for anchor in anchors
            if re.fullmatch(r"(id|section-?)\d+", anchor)
        ]
        plain = name in ("genindex", "search", "404")
        if not plain and not anchors:
            problems.append(f"{name}: no heading with an anchor")
    fail_with(problems)


# A browser rounds sizes to pixels, which shows in a flat picture.
STRETCHED = """e => Math.abs(
    e.clientWidth * e.naturalHeight / e.naturalWidth - e.clientHeight
) > 1.5"""


def test_figures_fit_and_open_large(reader, names, server):
    page, problems = reader(viewport=PHONE), []
    for name in names:
        page.goto(f"{server}/{name}.html")
        for image in page.locator("figure img").all():
            image.scroll_into_view_if_needed()
            link = image.evaluate("e => e.closest('a')?.href || ''")
            if link != image.evaluate("e => e.src"):
                problems.append(f"{name}: no link to its picture")
            if image.evaluate(
                "e => e.closest('article').clientWidth < e.clientWidth"
            ):
                problems.append(f"{name}: a picture is too wide")
            image.evaluate("e => e.decode()")
            if image.evaluate(STRETCHED):
                problems.append(f"{name}: a picture lost its shape")
    fail_with(problems)


CUT = """() => [...document.querySelectorAll(".katex-display, pre")].filter(
    e => e.offsetWidth && e.scrollWidth > e.clientWidth + 1
).map(e => e.textContent.slice(0, 80))"""


def test_nothing_is_cut_on_paper(reader, names, server):
    page, problems = reader(viewport=PAPER), []
    page.add_init_script(OPEN)
    page.emulate_media(media="print")
    for name in names:
        page.goto(f"{server}/{name}.html")
        problems += [
            f"{name}: too wide for paper: {text}"
            for text in page.evaluate(CUT)
        ]
    fail_with(problems)
