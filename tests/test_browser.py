"""The built book in a real browser: what a reader meets.

One Chromium and one build of the book serve all tests. Pages are opened as
files, as from a USB stick, and from a local server.
"""

import functools
import http.server
import json
import re
import threading
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.test_book import fail_with
from tools import browser as chromium
from tools.environment import ROOT

pytestmark = pytest.mark.skipif(
    chromium.find() is None, reason=chromium.ABSENT
)
CHAPTER = "chapters/nonlinearity/linear_collapse"
KINDS = (
    "index",
    CHAPTER,
    "exercises/nonlinearity/linear_collapse",
    "solutions/nonlinearity/linear_collapse",
    "references",
    "search",
)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# A4 at 96 pixels an inch, with margins of a centimeter.
PAPER = {"width": 718, "height": 1047}
# Folded cells and all tabs at once, and nothing that is still fading in:
# axe judges only what it sees.
OPEN = """
addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("details").forEach(fold => fold.open = true);
    const style = document.createElement("style");
    style.textContent = `.sd-tab-content { display: block !important }
        * { animation: none !important; transition: none !important }`;
    document.head.append(style);
});
"""
# The theme waits as long after a resize before it sets tab stops.
SETTLED = 400
AXE = Axe()
QUICK = {"resultTypes": ["violations"], "preload": False}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def folder(first_page):
    return first_page.parent


@pytest.fixture(scope="module")
def names(folder):
    """The names of all pages."""
    return [
        path.relative_to(folder).with_suffix("").as_posix()
        for path in sorted(folder.rglob("*.html"))
        if "_static" not in path.parts
    ]


@pytest.fixture(scope="module")
def server(folder):
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


@pytest.fixture(scope="module", params=["file", "server"])
def base(request, folder):
    """Where the book lies: a folder or a server."""
    if request.param == "file":
        return folder.as_uri()
    return request.getfixturevalue("server")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        found = chromium.launch(playwright)
        yield found
        found.close()


@pytest.fixture
def reader(browser):
    """Makes a tab of a browser that has never seen the book."""
    contexts = []

    def make(**options):
        contexts.append(browser.new_context(**{"viewport": DESKTOP} | options))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


# Every page


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


def violations(page, name):
    """What axe finds on a page, one line for each kind of fault."""
    found = []
    # KaTeX hides what it draws from screen readers and gives them MathML;
    # its thousands of boxes take most of axe's time and hold no text of ours.
    page_without_drawings = {"exclude": [[".katex-html"]]}
    result = AXE.run(page, context=page_without_drawings, options=QUICK)
    for fault in result.response["violations"]:
        nodes = fault["nodes"]
        why = nodes[0]["failureSummary"].splitlines()[1].strip()
        html = nodes[0]["html"].replace("\n", " ")[:120]
        count = f"{len(nodes)} times, first" if len(nodes) > 1 else "in"
        found.append(f"{name}: {fault['id']}: {why} {count} {html}")
    return found


def test_axe_finds_nothing_in_light(reader, names, server):
    page, problems = reader(), []
    page.add_init_script(OPEN)
    for name in names:
        page.goto(f"{server}/{name}.html")
        problems += violations(page, name)
    fail_with(problems)


@pytest.mark.parametrize(
    "options",
    [{"color_scheme": "dark"}, {"viewport": PHONE}],
    ids=["dark", "phone"],
)
def test_axe_finds_nothing_otherwise(reader, server, options):
    page, problems = reader(**options), []
    page.add_init_script(OPEN)
    for name in KINDS:
        page.goto(f"{server}/{name}.html")
        problems += violations(page, name)
    fail_with(problems)


WIDE = """() => {
    const wide = document.scrollingElement.scrollWidth > innerWidth;
    const past = [...document.querySelectorAll("main *")].find(
        e => e.getBoundingClientRect().right > innerWidth + 1);
    return wide && (past ? past.outerHTML.slice(0, 120) : "the page");
}"""
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


def test_previous_and_next_pass_all_pages(reader, names, server):
    page, passed = reader(), []
    page.goto(f"{server}/index.html")
    while True:
        passed.append(urlsplit(page.url).path[1:].removesuffix(".html"))
        onward = page.locator("a.right-next")
        if not onward.count():
            break
        onward.click()
        expect(page.locator("a.left-prev")).to_have_count(1)
    assert set(names) - set(passed) <= {"genindex", "search", "404"}


def test_download_button_gives_the_notebook(reader, folder):
    for name in ("chapters/nonlinearity/neuron", KINDS[2]):
        page = reader()
        page.goto(f"{folder.as_uri()}/{name}.html")
        page.get_by_role("button", name="Download this page").click()
        link = page.locator("a.btn-download-source-button")
        expect(link).to_be_visible()
        target = page.evaluate("link => link.href", link.element_handle())
        text = Path(url2pathname(urlsplit(target).path)).read_text("utf-8")
        assert text == (ROOT / f"{name}.ipynb").read_text("utf-8")
        assert json.loads(text)["nbformat"] == 4


# Framework tabs


def framework(page):
    """The chosen framework of each tab set, without repetition."""
    return set(
        page.locator(".sd-tab-set > input:checked + label").evaluate_all(
            "all => all.filter(e => e.dataset.syncGroup == 'framework')"
            ".map(e => e.dataset.syncId)"
        )
    )


def test_framework_is_kept_from_page_to_page(reader, base):
    page = reader()
    page.goto(f"{base}/{CHAPTER}.html")
    assert framework(page) == {"numpy"}
    page.locator("label[data-sync-id=pytorch]").first.click()
    assert framework(page) == {"pytorch"}
    page.goto(f"{base}/chapters/nonlinearity/neuron.html")
    assert framework(page) == {"pytorch"}


def test_address_chooses_the_framework(reader, base):
    page = reader()
    page.goto(f"{base}/{CHAPTER}.html?framework=tensorflow")
    assert framework(page) == {"tensorflow"}


# Keyboard

OUTLINED = """() => {
    const e = document.activeElement;
    const tab = e.matches(".sd-tab-set > input");
    const style = getComputedStyle(tab ? e.nextElementSibling : e);
    return style.outlineStyle != "none" && style.outlineWidth != "0px"
        || style.boxShadow != "none";
}"""


def test_every_stop_of_the_tab_key_is_seen(reader, server):
    """And tabs, folded cells, answers and figures are among the stops."""
    for scheme in ("light", "dark"):
        page = reader(color_scheme=scheme)
        page.goto(f"{server}/{CHAPTER}.html")
        stops, unseen = [], []
        for _ in range(400):
            page.keyboard.press("Tab")
            html = page.evaluate(
                "() => document.activeElement.cloneNode().outerHTML"
            )
            if html.startswith("<body"):
                break
            stops.append(html)
            if not page.evaluate(OUTLINED):
                unseen.append(f"no focus is seen ({scheme}) on {html[:150]}")
        fail_with(unseen)
        for wanted in ("sd-tab-item", "<summary", "picture", "copybtn"):
            assert any(wanted in html for html in stops), wanted


def test_skip_link_leads_to_the_text(reader, server):
    page = reader()
    page.goto(f"{server}/{CHAPTER}.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main-content$"))
    page.keyboard.press("Tab")
    assert page.evaluate(
        "() => !!document.activeElement.closest('#main-content')"
    )


def test_arrow_keys_change_the_tab(reader, server):
    page = reader()
    page.goto(f"{server}/{CHAPTER}.html")
    page.locator(".sd-tab-set > input:checked").first.focus()
    page.keyboard.press("ArrowRight")
    assert framework(page) == {"tensorflow"}


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keys_unfold(reader, server, key):
    page = reader()
    page.goto(f"{server}/{CHAPTER}.html")
    for kind in ("details.hide", "details.sd-dropdown"):
        fold = page.locator(kind).first
        fold.locator("summary").focus()
        page.keyboard.press(key)
        assert fold.get_attribute("open") is not None, kind
        page.keyboard.press(key)
        assert fold.get_attribute("open") is None, kind


def test_code_in_a_hidden_tab_can_be_scrolled_by_keys(reader, server):
    page = reader(viewport=PHONE)
    page.goto(f"{server}/{CHAPTER}.html")
    page.locator("label[data-sync-id=pytorch]").first.click()
    page.wait_for_timeout(SETTLED)
    stuck = page.locator("pre").evaluate_all(
        "all => all.filter(e => e.offsetWidth && e.tabIndex < 0 &&"
        " e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    )
    fail_with(stuck)


# Copying and searching


def test_copy_button_copies_its_cell_only(reader, server):
    page = reader(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{server}/{CHAPTER}.html")
    cells = page.locator(".cell_input .highlight:visible")
    for number in range(3):
        cells.nth(number).hover()
        cells.nth(number).locator(".copybtn").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        shown = cells.nth(number).locator("pre").text_content()
        assert copied.strip() == shown.strip()


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("prose", "slogan"),
        ("code", "assert_allclose"),
        ("a hidden PyTorch tab", "sequential"),
    ],
)
def test_search_finds(reader, base, kind, word):
    page = reader()
    page.goto(f"{base}/search.html?q={word}")
    results = page.locator("#search-results li a")
    expect(results.first).to_be_visible()
    targets = results.evaluate_all("all => all.map(e => e.href)")
    assert any(CHAPTER in target for target in targets), targets


# Without JavaScript, in the dark, on paper


def test_all_is_reached_without_javascript(reader, folder):
    page = reader(java_script_enabled=False)
    page.goto(f"{folder.as_uri()}/{CHAPTER}.html")
    label = page.locator("label[data-sync-id=pytorch]").first
    content = page.locator("label[data-sync-id=pytorch] + div").first
    expect(content).to_be_hidden()
    label.click()
    expect(content).to_be_visible()
    fold = page.locator("details.hide").first
    expect(fold.locator("pre").first).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.locator("pre").first).to_be_visible()
    expect(page.locator(".katex-html:visible").first).to_be_visible()
    expect(page.locator("nav a", has_text="A neuron").first).to_be_visible()
    expect(page.locator("a.right-next")).to_be_visible()


def test_figures_are_white_in_the_dark(reader, server):
    page = reader(color_scheme="dark")
    page.goto(f"{server}/{CHAPTER}.html")
    colors = page.locator("figure img").evaluate_all(
        "all => all.map(e => getComputedStyle(e).backgroundColor)"
    )
    assert set(colors) == {"rgb(255, 255, 255)"}


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
    fail_with(problems)


ON_PAPER = """() => [
    ".bd-sidebar-primary", ".bd-sidebar-secondary", ".bd-header-article",
    ".prev-next-footer", ".copybtn", ".skip-link", "#pst-back-to-top",
    ".headerlink", ".search-button-field"
].filter(name => [...document.querySelectorAll(name)].some(
    e => e.checkVisibility({visibilityProperty: true, opacityProperty: true})
        && e.getBoundingClientRect().width))"""


def test_paper_has_the_chosen_framework_and_no_buttons(reader, server):
    page = reader()
    page.goto(f"{server}/{CHAPTER}.html?framework=pytorch")
    page.emulate_media(media="print")
    assert page.evaluate(ON_PAPER) == []
    shown = defaultdict(set)
    for kind in ("label", "label + .sd-tab-content"):
        found = page.locator(f".sd-tab-set > {kind}:visible")
        shown[kind] = set(
            found.evaluate_all(
                "all => all.map(e => e.dataset.syncId ||"
                " e.previousElementSibling.dataset.syncId)"
            )
        )
    assert shown["label"] == shown["label + .sd-tab-content"] == {"pytorch"}
    assert page.evaluate(WIDE) is False


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
