"""Print the book as one PDF, with bookmarks and page numbers (`make pdf`)."""

import sys
import time
from pathlib import Path

from tools import book, browser, environment
from tools.environment import ROOT

TARGET = ROOT / "_build" / "nonlinear.pdf"
FOOTER = (
    '<div style="font-size: 9px; width: 100%; text-align: center">'
    '<span class="pageNumber"></span></div>'
)
# On paper nothing can be chosen or opened: every tab stands under its name,
# every answer and every folded cell is open.
PREPARE = """() => {
  document.documentElement.dataset.theme = "light";
  document.querySelectorAll("details").forEach(x => x.open = true);
  document.querySelectorAll("img").forEach(x => x.loading = "eager");
  return Promise.all(
    [...document.images].map(image => image.decode().catch(() => {})));
}"""
HEADINGS = """() =>
  [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(heading => heading.checkVisibility())
    .map(heading => heading.innerText.trim().replace(/\\s+/g, " "))"""
STYLE = """
@page { size: A4; margin: 18mm 16mm 20mm; }
.bd-sidebar-primary, .bd-sidebar-secondary, .bd-header, .bd-header-article,
.bd-footer, .prev-next-footer, .headerlink, .copybtn,
.onlyprint, #pst-skip-link, #pst-back-to-top, dialog {
  display: none !important;
}
.bd-container, .bd-container__inner, .bd-main, .bd-content,
.bd-article-container {
  display: block !important; max-width: none !important; width: auto;
  padding: 0 !important;
}
.sd-tab-set { display: block !important; }
.sd-tab-set > input { display: none !important; }
.sd-tab-set > label.sd-tab-label {
  display: block !important; width: auto !important; color: inherit;
  break-after: avoid; margin-top: 0.5em;
}
.sd-tab-set > .sd-tab-content { display: block !important; }
figure, .math, .admonition, tr { break-inside: avoid; }
.pst-scrollable-table-container { font-size: 0.8em; overflow: hidden; }
h1, h2, h3, h4 { break-after: avoid; }
.toctree-wrapper > section, .toctree-wrapper > span + section {
  break-before: page;
}
pre { white-space: pre-wrap; break-inside: auto !important; }
"""


def one_page(output: Path) -> Path:
    """Build the whole book as one HTML page."""
    builder = ("--builder", "custom", "--custom-builder", "singlehtml")
    book.jupyter_book(ROOT, *book.STRICT, *builder, "--path-output", output)
    return output / "_build" / "singlehtml" / "index.html"


def print_page(page: Path, target: Path) -> None:
    """Print a page with an outline of its headings."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        tab = chromium.new_page()
        # Print styles are for a reader who prints one page.
        tab.emulate_media(media="screen", color_scheme="light")
        tab.goto(page.as_uri(), timeout=120_000)
        tab.add_style_tag(content=STYLE)
        tab.evaluate(PREPARE)
        tab.pdf(
            path=target,
            prefer_css_page_size=True,
            print_background=True,
            display_header_footer=True,
            header_template="<div></div>",
            footer_template=FOOTER,
            outline=True,
            tagged=True,
        )
        headings = tab.evaluate(HEADINGS)
    name_bookmarks(target, headings)


def name_bookmarks(pdf: Path, headings: list[str]) -> None:
    """Give the bookmarks the words of the headings.

    Chromium leaves out the space where a heading begins a new line, and
    writes one that it moved to the next page twice.
    """
    from pypdf import PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    writer = PdfWriter(clone_from=pdf)
    bookmarks = list(in_order(writer.root_object.get("/Outlines", {})))
    if len(bookmarks) != len(headings):
        raise book.BookError(
            f"The PDF has {len(bookmarks)} bookmarks for {len(headings)} "
            "headings; look into tools/pdf.py for a heading it hides."
        )
    for bookmark, heading in zip(bookmarks, headings, strict=True):
        bookmark[NameObject("/Title")] = TextStringObject(heading)
    writer.write(pdf)


def in_order(bookmark):
    """The bookmarks below one, as a reader meets them."""
    child = bookmark.get("/First")
    while child is not None:
        child = child.get_object()
        yield child
        yield from in_order(child)
        child = child.get("/Next")


def main() -> int:
    environment.require("jupyter_book", "playwright", "pypdf")
    environment.apply()
    if browser.find() is None:
        print(browser.ABSENT)
        return 1
    start = time.monotonic()
    try:
        print_page(one_page(ROOT / "_build" / "pdf"), TARGET)
    except book.BookError as error:
        print(error)
        print("The PDF was not made: correct the lines above.")
        return 1
    print(f"printed in {time.monotonic() - start:.1f} s: {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
