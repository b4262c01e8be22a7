"""What a page costs its reader, beside a stock build (`make weight`).

Bytes are counted as a server that compresses sends them, times are those of
slow 4G (1.6 Mbit/s, 150 ms) and a processor four times slower than this one.
"""

import gzip
import shutil
import sys
import tarfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

from tools import book, browser, environment
from tools.environment import ROOT

PAGE = "chapters/nonlinearity/linear_collapse"
OTHER_PAGES = ("index", "exercises/nonlinearity/linear_collapse")
COMPRESSED = {".html", ".css", ".js", ".svg", ".json", ".txt"}
# Stock MathJax comes from a CDN. Here it comes from the same server as the
# page, compressed alike, so that only the weights differ.
MATHJAX = "mathjax@3.2.2"
SHA512 = (
    "Bt+SSVU8eBG27zChVewOicYs7Xsdt40qm4+UpHyX7k0/O9NliPc+x77k1/FEsPsjKPZGJv"
    "tRZM1vO+geW0OhGw=="
)
SHIFT = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
PAINT = 'performance.getEntriesByName("first-contentful-paint")'
PAINTED = f"() => {PAINT}.length"
TIMES = f"""() => ({{
  ready: performance.getEntriesByType("navigation")[0]
    .domContentLoadedEventEnd,
  paint: {PAINT}[0].startTime,
  shift: window.shift,
}})"""
# Bits a second, milliseconds, and how many times slower.
SLOW_4G = 1.6e6
LATENCY = 150
SLOWER = 4


@dataclass
class Visit:
    """What a browser fetched for a page, and when the page was there."""

    bytes: int
    requests: int
    ready: float
    paint: float
    shift: float


class Handler(SimpleHTTPRequestHandler):
    """Serve a folder, compressed, and write down what was sent."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        if path.suffix in COMPRESSED:
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.server.sent.append((self.path.split("?")[0], len(body)))
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def serve(folder: Path):
    """A server of the folder on a free port of this machine."""
    handler = partial(Handler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.sent = []
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def visit(chromium, server, *pages: str, slow: bool = False) -> list[Visit]:
    """Open pages one after the other, as a reader who is new to the book.

    What only a figure needs is left out of bytes and requests.
    """
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(SHIFT)
    tab = context.new_page()
    if slow:
        throttle(context.new_cdp_session(tab))
    visits = []
    for page in pages:
        server.sent.clear()
        url = f"http://127.0.0.1:{server.server_port}/{page}.html"
        tab.goto(url, wait_until="networkidle", timeout=120_000)
        tab.wait_for_function(PAINTED)
        sizes = [size for path, size in server.sent if "/_images/" not in path]
        visits.append(Visit(sum(sizes), len(sizes), **tab.evaluate(TIMES)))
    context.close()
    return visits


def throttle(session) -> None:
    speed = SLOW_4G / 8
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": speed,
            "uploadThroughput": speed,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def most_formulas(folder: Path) -> str:
    """The page that shows the most formulas."""
    counts = {
        page: page.read_text("utf-8").count('class="katex"')
        for page in folder.rglob("*.html")
    }
    page = max(counts, key=counts.get)
    return page.relative_to(folder).with_suffix("").as_posix()


def measure(chromium, folder: Path, page: str) -> list[str]:
    """The cells of a row of the table."""
    second = "notation" if page != "notation" else "glossary"
    with serve(folder) as server:
        # The second page is an ordinary one, reached from another.
        _, again = visit(chromium, server, second, page)
        # The fastest of three: what else a machine does only adds.
        first = min(
            (visit(chromium, server, page, slow=True)[0] for _ in range(3)),
            key=lambda visit: visit.ready,
        )
    return [
        f"{first.bytes / 1000:.0f} kB",
        f"{first.requests}",
        f"{again.bytes / 1000:.0f} kB",
        f"{first.ready / 1000:.2f} s",
        f"{first.paint / 1000:.2f} s",
        f"{first.shift:.3f}",
    ]


def stock(output: Path) -> Path:
    """Build the same pages as Jupyter Book does when left alone."""
    mathjax = fetch_mathjax() / "es5"
    own = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    kept = ("title", "author", "only_build_toc_files", "exclude_patterns",
            "execute", "parse", "bibtex_bibfiles")  # fmt: skip
    config = {key: own[key] for key in kept} | {
        "sphinx": {
            "recursive_update": True,
            "local_extensions": {"course_table": str(ROOT / "_ext")},
            "config": {
                "mathjax_path": "mathjax/tex-mml-chtml.js",
                "numfig": True,
            },
        }
    }
    output.mkdir(parents=True, exist_ok=True)
    (output / "_config.yml").write_text(yaml.safe_dump(config), "utf-8")
    options = ["--config", output / "_config.yml", "--toc", ROOT / "_toc.yml"]
    book.jupyter_book(ROOT, *options, "--path-output", output)
    html = output / "_build" / "html"
    target = html / "_static" / "mathjax"
    shutil.copytree(mathjax, target, dirs_exist_ok=True)
    return html


def fetch_mathjax() -> Path:
    sys.path.append(str(ROOT / "_ext"))
    import katex_math

    _, npm = katex_math.node_commands()
    return katex_math.fetch(npm, MATHJAX, SHA512, unpack)


def unpack(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as tar:
        tar.extractall(target.parent, filter="data")
    (target.parent / "package").rename(target)


def main() -> int:
    environment.require("jupyter_book", "playwright")
    environment.apply()
    if browser.find() is None:
        print(browser.ABSENT)
        return 1
    from playwright.sync_api import sync_playwright
    from sphinx.errors import ExtensionError

    try:
        ours = book.build(ROOT, ROOT / "_toc.yml").parent
        theirs = stock(ROOT / "_build" / "stock")
    except (book.BookError, ExtensionError) as error:
        print(error)
        return 1
    head = ["gzip", "requests", "second", "ready", "paint", "shift"]
    print(f"{'':40}" + "".join(f"{cell:>10}" for cell in head))
    with sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        for page in dict.fromkeys((PAGE, most_formulas(ours), *OTHER_PAGES)):
            for folder, name in ((ours, page), (theirs, "  stock")):
                cells = measure(chromium, folder, page)
                row = "".join(f"{cell:>10}" for cell in cells)
                print(f"{name:40}{row}", flush=True)
    print(
        "gzip and requests: the first visit, figures apart; second: gzip of "
        "a page read after another.\nready, paint: DOMContentLoaded and first "
        "contentful paint on slow 4G and a processor 4 times slower."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
