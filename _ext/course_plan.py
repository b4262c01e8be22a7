"""What chapters teach, and in which week: made from the chapters themselves.

    ```{course-objectives} nonlinearity
    ```

lists, for each chapter of a part, what it says under "You will be able to".

    ```{course-plan}
    The theme of the first week:
    - nonlinearity/neuron
    - nonlinearity/first_training
    The theme of the second week:
    - nonlinearity/linear_collapse
    ```

is a table of the weeks with the minutes and points of their chapters and of
all together. The chapters of each week stand in the page, and nowhere else.
"""

import re

import yaml
from course_table import CourseDirective, table, text
from docutils import nodes
from docutils.statemachine import StringList

HEAD = ("Week", "Chapters", "Reading", "Exercises", "Sum", "Points")
SECTION = re.compile(r"^## You will be able to\n(.*?)(?=^## |\Z)", re.M | re.S)


def objectives(notebook):
    """The bullets of a chapter's section "You will be able to"."""
    prose = "\n\n".join(
        "".join(cell["source"])
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown"
    )
    section = SECTION.search(prose)
    return re.findall(r"^- .+", section[1], re.M) if section else []


def weeks(content):
    """The (theme, chapters) of each week that the directive is given."""
    return list(yaml.safe_load("\n".join(content)).items())


def duration(minutes):
    """Minutes as hours and minutes, which are easier to plan with."""
    return f"{minutes // 60}:{minutes % 60:02}"


class CourseObjectives(CourseDirective):
    """The objectives of the chapters of one part."""

    required_arguments = 1

    def run(self):
        listed = nodes.definition_list()
        for name in self.chapters():
            if not name.startswith(f"{self.arguments[0]}/"):
                continue
            found = objectives(self.notebook(f"chapters/{name}"))
            lines = found or ["A page to look things up in."]
            source = f"chapters/{name}.ipynb"
            definition = nodes.definition()
            content = StringList(lines, items=[(source, 0)] * len(lines))
            self.state.nested_parse(content, 0, definition)
            listed += nodes.definition_list_item(
                "", nodes.term("", "", self.link(name)), definition
            )
        if not listed.children:
            raise self.error(f"no chapter stands in {self.arguments[0]}/")
        return [listed]


class CoursePlan(CourseDirective):
    """The weeks of a plan, with what they add up to."""

    has_content = True

    def run(self):
        rows, total, seen = [], [0, 0, 0], set()
        for number, (theme, names) in enumerate(weeks(self.content), 1):
            for name in names:
                if name in seen or name not in self.chapters():
                    raise self.error(f"{name}: no chapter, or a second time")
                seen.add(name)
            load = self.load(names)
            total = [a + b for a, b in zip(total, load, strict=True)]
            what = nodes.inline("", "", nodes.strong("", theme), text(": "))
            what += self.links(names)
            rows.append([text(number), what, *self.cells(*load)])
        what = nodes.strong("", f"{len(seen)} chapters")
        rows.append([text(""), what, *self.cells(*total)])
        return [table(HEAD, rows)]

    def load(self, names):
        """Minutes of reading, minutes of exercises and points."""
        chapters = [self.course(f"chapters/{name}") for name in names]
        exercises = [self.course(f"exercises/{name}") for name in names]
        exercises = [course for course in exercises if course]
        return (
            sum(course["minutes"] for course in chapters),
            sum(course["minutes"] for course in exercises),
            sum(course["points"] for course in exercises),
        )

    def cells(self, reading, exercises, points):
        both = reading + exercises
        times = [duration(m) for m in (reading, exercises, both)]
        return [text(value) for value in (*times, points)]


def setup(app):
    app.add_directive("course-objectives", CourseObjectives)
    app.add_directive("course-plan", CoursePlan)
    return {"parallel_read_safe": True}
