"""The table of chapters, made from the notebooks' own metadata.

    ```{course-table}
    ```

lists each chapter in reading order with its minutes, its prerequisites, and
the minutes and points of its exercises.
"""

import json
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

HEAD = ("Chapter", "Minutes", "Read first", "Exercises", "Points")


class CourseTable(SphinxDirective):
    """Without options or content."""

    def run(self):
        table = nodes.table()
        group = nodes.tgroup(cols=len(HEAD))
        table += group
        group += [nodes.colspec(colwidth=1) for _ in HEAD]
        group += nodes.thead("", row([nodes.Text(text) for text in HEAD]))
        body = nodes.tbody()
        group += body
        for doc in self.chapters():
            chapter = self.course(doc)
            part_slug = doc.removeprefix("chapters/")
            exercise = self.course(f"exercises/{part_slug}")
            first = [
                self.link(f"chapters/{name}")
                for name in chapter["prerequisites"]
            ]
            cells = [self.link(doc), nodes.Text(str(chapter["minutes"]))]
            cells.append(nodes.inline("", "", *spaced(first)))
            if exercise:
                cells.append(nodes.Text(f"{exercise['minutes']} minutes"))
                cells.append(nodes.Text(str(exercise["points"])))
            else:
                cells += [nodes.Text("none"), nodes.Text("")]
            body += row(cells)
        return [table]

    def chapters(self):
        """The chapters of the book, in reading order."""
        toc = self.env.app.config.external_site_map
        return [name for name in toc if name.startswith("chapters/")]

    def course(self, doc):
        """The course metadata of a notebook, or nothing without one."""
        path = Path(self.env.srcdir, doc + ".ipynb")
        if not path.exists():
            return None
        self.env.note_dependency(str(path))
        return json.loads(path.read_text("utf-8"))["metadata"]["course"]

    def link(self, doc):
        """A link that shows the title of the page."""
        return pending_xref(
            "",
            nodes.inline(),
            refdomain="std",
            reftype="doc",
            reftarget=f"/{doc}",
            refdoc=self.env.docname,
            refexplicit=False,
            refwarn=True,
        )


def row(cells):
    """A table row, from one node for each cell."""
    entries = [nodes.entry("", nodes.paragraph("", "", c)) for c in cells]
    return nodes.row("", *entries)


def spaced(links):
    """The links with a comma between neighbors."""
    result = []
    for link in links:
        result += [nodes.Text(", "), link] if result else [link]
    return result


def setup(app):
    app.add_directive("course-table", CourseTable)
    return {"parallel_read_safe": True}
