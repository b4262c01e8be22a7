"""One Chromium and one build of the book serve all tests of a process.

Pages are opened as files, as from a USB stick, and from a local server.
"""

import functools
import http.server
import threading

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import DESKTOP
from tools import browser as chromium


def pytest_collection_modifyitems(items):
    """Skip what needs a browser where there is none."""
    if chromium.find() is None:
        absent = pytest.mark.skip(reason=chromium.ABSENT)
        for item in items:
            if "browser" in item.fixturenames:
                item.add_marker(absent)


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
