"""Correct in every page what keeps some readers out.

The theme, Sphinx and docutils write the HTML; these are the few places in
which axe finds fault with it, and the link from a figure to its picture.
"""

import re

# A figure is made to fit the text; on a phone it is read by its own.
PICTURE = re.compile(
    r'(<figure\b[^>]*>\s*)(<img\b[^>]*\bsrc="([^"]+)"[^>]*>)(?!\s*</a>)'
)
EMPTY_HEADER = re.compile(r"<th\b[^>]*>(?:<p></p>|\s)*</th>")
# Docutils: the role is deprecated, and a list may hold nothing but items.
CITATION_ROLES = re.compile(
    r'(<div\b(?=[^>]*class="citation)[^>]*?) role="[^"]*"'
)
# The theme lets the keyboard into what scrolls sideways, but looks for it
# only when the window changes: a hidden tab or a folded cell has no width.
TAB_STOPS = """
for (const event of ["change", "toggle"])
  document.addEventListener(
    event, () => dispatchEvent(new Event("resize")), true);
"""


def correct(app, pagename, templatename, context, doctree):
    """Change the text of a page before the theme puts it into its frame."""
    if "body" not in context:
        return
    body = PICTURE.sub(
        r'\1<a class="picture" href="\3">\2</a>', context["body"]
    )
    body = EMPTY_HEADER.sub("<td></td>", body)
    body = CITATION_ROLES.sub(r"\1", body)
    context["body"] = body


def setup(app):
    app.add_js_file(None, body=TAB_STOPS)
    app.connect("html-page-context", correct)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
