"""What readers meet: the built book in a real browser."""

from axe_playwright_python.sync_playwright import Axe

# The chapter that has everything, and a page of each kind.
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
WIDE = """() => {
    const wide = document.scrollingElement.scrollWidth > innerWidth;
    const past = [...document.querySelectorAll("main *")].find(
        e => e.getBoundingClientRect().right > innerWidth + 1);
    return wide && (past ? past.outerHTML.slice(0, 120) : "the page");
}"""


def listen(page, base) -> list[str]:
    """A list that fills with what the page says and asks for."""
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
    return log


AXE = Axe()
# KaTeX hides what it draws from screen readers and gives them MathML; its
# thousands of boxes take most of axe's time and hold no text of ours. One
# empty box of the same size stands for them, so that what scrolls still does.
UNDRAW = """() => {
    const drawn = [...document.querySelectorAll(".katex-html")];
    const sizes = drawn.map(e => e.getBoundingClientRect());
    drawn.forEach((e, i) => {
        e.replaceChildren();
        e.style.display = "inline-block";
        e.style.width = `${sizes[i].width}px`;
        e.style.height = `${sizes[i].height}px`;
    });
}"""
OPTIONS = {"resultTypes": ["violations"], "preload": False}


def violations(page):
    """What axe finds on a page, one line for each kind of fault.

    The page has no drawn formulas afterwards.
    """
    page.evaluate(UNDRAW)
    for fault in AXE.run(page, options=OPTIONS).response["violations"]:
        nodes = fault["nodes"]
        why = nodes[0]["failureSummary"].splitlines()[1].strip()
        html = nodes[0]["html"].replace("\n", " ")[:120]
        count = f"{len(nodes)} times, first" * (len(nodes) > 1) or "in"
        yield f"{fault['id']}: {why} {count} {html}"
