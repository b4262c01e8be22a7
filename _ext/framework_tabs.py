"""Neighboring code cells, one per framework, become one tab set in HTML.

A code cell says by a tag, such as `tab-pytorch`, which framework it is for.
In JupyterLab and in builders other than HTML these stay plain cells. The tab
sets are sphinx-design's own, so its script keeps the reader's choice.
"""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.logging import getLogger
from sphinx_design.shared import create_component

LOGGER = getLogger(__name__)
LABELS = {
    "tab-numpy": "NumPy",
    "tab-tensorflow": "TensorFlow",
    "tab-pytorch": "PyTorch",
}


class FrameworkTabs(SphinxPostTransform):
    """Wrap every run of tagged cells in a tab set."""

    # After MyST-NB has chosen the outputs (4), before it hides cells (199)
    # and before sphinx-design makes its tab sets HTML (200).
    default_priority = 150
    formats = ("html",)

    def run(self):
        for tabs in tab_sets(self.document):
            cells = [cell for run in tabs.values() for cell in run]
            parent = cells[0].parent
            place = parent.index(cells[0])
            for cell in cells:
                parent.remove(cell)
            parent.insert(place, tab_set(tabs))


def tab_sets(document) -> list[dict[str, list[nodes.container]]]:
    """The runs of tagged cells; each run maps a tag to its cells.

    Neighbors with one tag share a tab. Any node between two cells, and a tag
    that comes back, begin a new set.
    """
    sets, last, last_tag = [], None, None
    for cell in document.findall(nodes.container):
        tag = framework_tag(cell)
        if tag is None:
            continue
        if (
            last is None
            or cell.previous_sibling() is not last
            or (tag != last_tag and tag in sets[-1])
        ):
            sets.append({})
        sets[-1].setdefault(tag, []).append(cell)
        last, last_tag = cell, tag
    return sets


def framework_tag(node) -> str | None:
    """The tag of a code cell that names its framework, if it has one."""
    if node.get("nb_element") != "cell_code":
        return None
    tags = node["cell_metadata"].get("tags", [])
    tags = [tag for tag in tags if tag.startswith("tab-")]
    known = ", ".join(LABELS)
    for tag in tags:
        if tag not in LABELS:
            text = f"unknown tag {tag}: a framework tag is one of {known}"
            LOGGER.warning(text, location=node)
    if len(tags) > 1:
        text = f"{len(tags)} framework tags: a cell has one of {known}"
        LOGGER.warning(text, location=node)
    return tags[0] if tags and tags[0] in LABELS else None


def tab_set(tabs) -> nodes.container:
    """A sphinx-design tab set of cells."""
    items = []
    for tag, cells in tabs.items():
        label = nodes.rubric("", LABELS[tag], classes=["sd-tab-label"])
        label["sync_group"] = "framework"
        label["sync_id"] = tag.removeprefix("tab-")
        content = create_component(
            "tab-content", ["sd-tab-content"], children=cells
        )
        items.append(
            create_component(
                "tab-item", ["sd-tab-item"], children=[label, content]
            )
        )
    return create_component("tab-set", ["sd-tab-set"], children=items)


def setup(app):
    app.add_post_transform(FrameworkTabs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
