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


class CourseDirective(SphinxDirective):
    """What the directives about the course have in common."""

    def chapters(self):
        """The `part/slug` of the chapters, in reading order."""
        toc = self.env.app.config.external_site_map
        return [
            name.removeprefix("chapters/")
            for name in toc
            if name.startswith("chapters/")
        ]

    def notebook(self, doc):
        """A notebook as it is stored, or nothing where there is none."""
        path = Path(self.env.srcdir, doc + ".ipynb")
        if not path.exists():
            return None
        self.env.note_dependency(str(path))
        return json.loads(path.read_text("utf-8"))

    def course(self, doc):
        """The course metadata of a notebook, or nothing without one."""
        found = self.notebook(doc)
        return found and found["metadata"]["course"]

    def link(self, name):
        """A link to a chapter that shows its title."""
        return pending_xref(
            "",
            nodes.inline(),
            refdomain="std",
            reftype="doc",
            reftarget=f"/chapters/{name}",
            refdoc=self.env.docname,
            refexplicit=False,
            refwarn=True,
        )

    def links(self, names):
        """Links to chapters, with a comma between neighbors."""
        found = []
        for name in names:
            found += [nodes.Text(", "), self.link(name)]
        return nodes.inline("", "", *found[1:])


class CourseTable(CourseDirective):
    """Without options or content."""

    def run(self):
        rows = []
        for name in self.chapters():
            chapter = self.course(f"chapters/{name}")
            exercise = self.course(f"exercises/{name}")
            cells = [self.link(name), text(chapter["minutes"])]
            cells.append(self.links(chapter["prerequisites"]))
            if exercise:
                cells.append(text(f"{exercise['minutes']} minutes"))
                cells.append(text(exercise["points"]))
            else:
                cells += [text("none"), text("")]
            rows.append(cells)
        return [table(HEAD, rows)]


def table(head, rows):
    """A table of these rows, each a list of nodes."""
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", row([text(name) for name in head]))
    group += nodes.tbody("", *map(row, rows))
    return nodes.table("", group)


def row(cells):
    """A table row, from one node for each cell."""
    entries = [nodes.entry("", nodes.paragraph("", "", c)) for c in cells]
    return nodes.row("", *entries)


def text(value):
    """A node that shows a value."""
    return nodes.Text(str(value))


def setup(app):
    app.add_directive("course-table", CourseTable)
    return {"parallel_read_safe": True}
