"""What readers meet: the built book in a real browser."""

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
