"""The graph of what to read first, made from the chapters' metadata.

    ```{course-graph}
    ```

has a line for each chapter, in reading order. From a chapter that others rest
on a lane runs down at the left, and has a dot where one of them takes it up.
It is a list of links, so that it reads as text too; each names what it rests
on. What a prerequisite rests on itself is not drawn again.
"""

from html import escape

from course_table import CourseDirective
from docutils import nodes
from sphinx.errors import NoUri

STEP = 11  # pixels from lane to lane
EDGE = 6
MIDDLE = 14  # of a row's first line of text


class course_graph(nodes.General, nodes.Element):  # noqa: N801
    """Holds `first`: chapter → what to read first, in reading order."""


class CourseGraph(CourseDirective):
    """Without options or content."""

    def run(self):
        first = {
            name: self.course(f"chapters/{name}")["prerequisites"]
            for name in self.chapters()
        }
        return [course_graph(first=reduced(first))]


def before(first, name):
    """All chapters that a chapter rests on, over any number of steps."""
    found = set()
    waiting = list(first[name])
    while waiting:
        found.add(last := waiting.pop())
        waiting += [n for n in first[last] if n not in found]
    return found


def reduced(first):
    """The same order with as few arrows as it needs."""
    return {
        name: [
            a
            for a in names
            if not any(a in before(first, b) for b in names if b != a)
        ]
        for name, names in first.items()
    }


def lanes(first):
    """Chapter that others rest on → number of its lane, 0 at the right.

    Two lanes that run beside each other have different numbers.
    """
    order = list(first)
    last = {a: order.index(b) for b in order for a in first[b]}
    found, busy = {}, {}
    for row, name in enumerate(order):
        if name in last:
            lane = 0
            while busy.get(lane, -1) > row:
                lane += 1
            found[name], busy[lane] = lane, last[name]
    return found


def drawing(first, name, place, width):
    """The piece of the graph that stands before one chapter, as SVG."""
    order = list(first)
    row = order.index(name)
    last = {a: order.index(b) for b in order for a in first[b]}
    end = width - EDGE
    x = {a: end - STEP * (lane + 1) for a, lane in place.items()}
    parts = []

    def line(part, x1, y1, x2, y2):
        parts.append(
            f'<line class="{part}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'
        )

    for a in place:
        part = a.split("/")[0]
        start = order.index(a)
        if start < row <= last[a]:
            bottom = MIDDLE if row == last[a] else "100%"
            line(part, x[a], 0, x[a], bottom)
        elif start == row:
            line(part, x[a], MIDDLE, x[a], "100%")
            line(part, x[a], MIDDLE, end, MIDDLE)
    # The longest lies at the bottom.
    for a in sorted(first[name], key=x.get):
        part = a.split("/")[0]
        line(part, x[a], MIDDLE, end, MIDDLE)
        parts.append(
            f'<circle class="{part}" cx="{x[a]}" cy="{MIDDLE}" r="3"/>'
        )
    own = name.split("/")[0]
    parts.append(f'<circle class="{own}" cx="{end}" cy="{MIDDLE}" r="4.5"/>')
    return (
        f'<svg width="{width}" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def visit(translator, node):
    first = node["first"]
    place = lanes(first)
    width = 2 * EDGE + STEP * (max(place.values(), default=0) + 1)
    builder = translator.builder
    translator.body.append('<ol class="course-graph">')
    for name in first:
        titles = [
            escape(builder.env.titles[f"chapters/{n}"].astext())
            for n in (name, *first[name])
        ]
        try:
            here = builder.current_docname
            uri = builder.get_relative_uri(here, f"chapters/{name}")
        except NoUri:
            uri = ""
        rests = f"rests on {', '.join(titles[1:])}" if first[name] else "first"
        translator.body.append(
            f'<li style="padding-left: {width + EDGE}px">'
            f"{drawing(first, name, place, width)}"
            f'<a class="reference internal" href="{escape(uri)}">'
            f'{titles[0]}</a><span class="rests">: {rests}</span></li>'
        )
    translator.body.append("</ol>")
    raise nodes.SkipNode


def skip(translator, node):
    """Where there is no drawing, the table of chapters says the same."""
    raise nodes.SkipNode


def setup(app):
    app.add_node(
        course_graph, html=(visit, None), latex=(skip, None), text=(skip, None)
    )
    app.add_directive("course-graph", CourseGraph)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
