"""Every formula is drawn by KaTeX in the book and by MathJax in JupyterLab.

Each of the two knows commands that the other does not: both draw them here.
"""

import json
import subprocess
import sys

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from sphinxcontrib import katex

from tools import notebook, weight
from tools.environment import ROOT

SCRIPT = r"""
const [katexPath, mathjaxPath, input] = process.argv.slice(1);
const katex = require(katexPath);
const mathjax = require(mathjaxPath + "/es5/node-main.js").init({
  loader: {load: ["input/tex", "output/svg"]},
  tex: {packages: {"[-]": ["noundefined", "noerrors"]}},
});
mathjax.then(async (mathjax) => {
  const formulas = JSON.parse(require("fs").readFileSync(0, "utf-8"));
  for (const {place, latex, displayMode} of formulas) {
    // KaTeX underlines the fault with combining characters.
    const line = (text) => text.replace(/\u0332/g, "").replace(/\s+/g, " ");
    const say = (who, what) =>
      console.log(`${place}: ${who}: ${line(what)}`);
    try {
      katex.renderToString(
        latex, {displayMode, throwOnError: true, strict: "error"});
    } catch (error) {
      say("KaTeX, which draws the book", error.message);
    }
    const svg = mathjax.startup.adaptor.outerHTML(
      await mathjax.tex2svgPromise(latex, {display: displayMode}));
    const message = svg.match(/data-mjx-error="([^"]*)"/);
    if (message)
      say("MathJax, which draws in JupyterLab", `${message[1]}: ${latex}`);
  }
});
"""
PARSER = MarkdownIt().use(dollarmath_plugin).use(amsmath_plugin)


def formulas(text):
    """The formulas of a Markdown text, and whether each is displayed."""
    for block in PARSER.parse(text):
        for token in (block, *(block.children or ())):
            kind = token.type
            if kind.startswith(("math_", "amsmath")):
                yield token.content, not kind.startswith("math_inline")
            elif kind == "fence" and token.info.startswith("{math}"):
                lines = token.content.splitlines()
                kept = [x for x in lines if not x.startswith(":")]
                yield "\n".join(kept), True
            elif kind == "fence" and token.info.startswith("{"):
                yield from formulas(token.content)


def pages():
    """Every Markdown text of the book with its place."""
    for path in notebook.find():
        for number, cell in enumerate(notebook.read(path).cells, start=1):
            if cell.cell_type == "markdown":
                page = path.relative_to(ROOT).as_posix()
                yield f"{page}, cell {number} ({cell.id})", cell.source
    for path in sorted(ROOT.glob("*.md")):
        yield path.name, path.read_text("utf-8")


@pytest.fixture(scope="module")
def complaints():
    """A function that has texts drawn and returns what was refused."""
    sys.path.append(str(ROOT / "_ext"))
    import katex_math

    try:
        mathjax = weight.fetch_mathjax()
    except katex_math.ExtensionError as error:
        pytest.skip(str(error))
    node, _ = katex_math.node_commands()
    script = [katex.SRC_DIR / "katex.min.js", mathjax]

    def draw(texts):
        found = [
            {"place": place, "latex": latex, "displayMode": display}
            for place, text in texts
            for latex, display in formulas(text)
        ]
        run = subprocess.run(
            [node, "-e", SCRIPT, *script],
            input=json.dumps(found),
            stdout=subprocess.PIPE,
            check=True,
            encoding="utf-8",
        )
        return len(found), run.stdout.splitlines()

    return draw


def test_both_draw_every_formula(complaints):
    count, problems = complaints(pages())
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)
    assert count > 300


@pytest.mark.parametrize(
    ("latex", "who"),
    [
        (r"\label{a} x", "KaTeX"),
        (r"\eqref{a}", "KaTeX"),
        (r"\ce{H2O}", "KaTeX"),
        (r"\newcommand{\R}{x}", "KaTeX"),
        (r"\begin{eqnarray}a&=&b\end{eqnarray}", "KaTeX"),
        (r"\begin{multline}a\\b\end{multline}", "KaTeX"),
        (r"\mbox{a}", "KaTeX"),
        (r"\sideset{_1}{}\sum", "KaTeX"),
        (r"\bm{a}", "MathJax"),
        (r"\argmin x", "MathJax"),
        (r"90\degree", "MathJax"),
        (r"\begin{rcases}a\end{rcases}", "MathJax"),
    ],
)
def test_what_one_of_them_cannot_is_refused(complaints, latex, who):
    texts = (
        f"In a line: ${latex}$.",
        f"$$\n{latex}\n$$",
        f"```{{math}}\n:label: eq-a\n{latex}\n```",
        f":::{{dropdown}} Answer\nIt is ${latex}$.\n:::",
        f"```{{note}}\nIt is ${latex}$.\n```",
    )
    count, problems = complaints(enumerate(texts))
    assert count == len(texts)
    refused = {problem.split(",")[0] for problem in problems}
    wanted = {f"{number}: {who}" for number in range(len(texts))}
    assert wanted <= refused, problems
