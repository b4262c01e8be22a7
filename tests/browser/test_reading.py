"""What readers do: turn pages, choose a framework, use keys, search, print."""

import json
import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import expect

from tests.browser import CHAPTER, KINDS, OPEN, PHONE, WIDE, violations
from tests.test_book import fail_with
from tools.environment import ROOT

# The theme waits as long after a resize before it sets tab stops.
SETTLED = 400


def test_previous_and_next_pass_all_pages(names, folder):
    def neighbor(page, kind):
        link = re.search(
            rf'<a class="{kind}"\s+href="([^"]+)"', page.read_text("utf-8")
        )
        return link and (page.parent / link[1]).resolve()

    passed, page = [], (folder / "index.html").resolve()
    while page:
        passed.append(page)
        page = neighbor(page, "right-next")
        assert not page or neighbor(page, "left-prev") == passed[-1]
    pages = [p.relative_to(folder.resolve()).with_suffix("") for p in passed]
    missing = {*names} - {p.as_posix() for p in pages}
    assert missing <= {"genindex", "search", "404"}


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
    # Results come in one by one.
    result = page.locator(f"#search-results li a[href*='{CHAPTER}']")
    expect(result.first).to_be_visible()


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


def test_the_dark_is_there_before_the_scripts(reader, server):
    """A theme found out later colors every element of the page anew."""
    page = reader(color_scheme="dark")
    page.route("**/scripts.js*", lambda route: route.abort())
    page.goto(f"{server}/notation.html")
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "dark"
    page.evaluate("localStorage.setItem('mode', 'light')")
    page.reload()
    assert page.evaluate(theme) == "light"


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, {"viewport": PHONE}],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_on_a_page_of_each_kind(reader, server, options):
    """Here with the colors of code."""
    page, found = reader(**options), []
    page.add_init_script(OPEN)
    for name in KINDS:
        page.goto(f"{server}/{name}.html")
        found += [f"{name}: {line}" for line in violations(page)]
    fail_with(found)


def test_figures_are_white_in_the_dark(reader, server):
    page = reader(color_scheme="dark")
    page.goto(f"{server}/{CHAPTER}.html")
    colors = page.locator("figure img").evaluate_all(
        "all => all.map(e => getComputedStyle(e).backgroundColor)"
    )
    assert set(colors) == {"rgb(255, 255, 255)"}


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
