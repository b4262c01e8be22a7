"""Where the Chromium is that measures, prints and tests the book."""

import os
import shutil

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# Nothing but the pages asked for: no update, no sync, no other request.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ABSENT = (
    "No Chromium was found: install Chromium or Chrome, or set the variable "
    "CHROMIUM to the path of one."
)


def find() -> str | None:
    """The path of a Chromium, or None.

    The variable CHROMIUM comes first: a path, or a name to look for.
    """
    wanted = os.environ.get("CHROMIUM")
    for name in [wanted] if wanted else [*NAMES, *PLACES]:
        path = shutil.which(name)
        if path:
            return path
    return None


def launch(playwright):
    """Start the Chromium that `find` found, by a Playwright object."""
    path = find()
    if path is None:
        raise FileNotFoundError(ABSENT)
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
