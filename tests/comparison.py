"""How a stored output is compared with the one that was computed again.

Text is compared token by token. Words, punctuation and integers must be
equal; a decimal may differ by one unit of its last printed digit, or by the
relative tolerance that its cell declares with a tag such as `rtol-0.02`,
whichever is larger. White space only separates tokens, line breaks too: one
digit more makes NumPy and pandas pad and wrap a whole table anew, and the
order of the tokens says already what stands where.

A picture may differ by an RMS of 1 (of 255), and by a few pixels in size.
"""

import base64
import difflib
import io
import re
from pathlib import Path

import numpy as np
from bs4 import BeautifulSoup
from matplotlib.testing.compare import calculate_rms
from PIL import Image

from tools.environment import CACHE, ROOT

FAILED = CACHE / "failed-figures"
TEXTS = {"text/plain", "text/html", "text/latex", "text/markdown"}
SHOWN = 8  # differences in one message

# Measured on line figures in the house style: 1e-5 of noise in the data is
# an RMS of at most 0.1; a curve moved by 1 % is one of 2.5 to 18.
RMS = 1.0
GRACE = 4  # pixels by which a tight bounding box may grow with a tick label

TOKEN = re.compile(
    r"""
    (?P<exact>    \d+(?:\.\d+){2,})                 # a version: 2.13.0
    | (?P<number> [+\-\u2212]?
                  (?: (?:\d{1,3}(?:,\d{3})+(?![\d,]) | \d+) (?P<point>\.\d*)?
                    | (?P<bare>(?<!\w)\.\d+) )
                  (?P<power>[eE][+-]?\d+)? )
    | (?P<word>   [^\W\d]\w*)                       # float32, dense_1
    | (?P<mark>   \S)
    """,
    re.VERBOSE,
)

# What TensorFlow's C++ code writes to stderr before its log level is read:
# two layouts, both with a process id or a time of day.
TENSORFLOW_LOG = re.compile(
    r"""^(?:
    [IWEF]0000\ 00:00:\d+\.\d+\ +\d+\ \w+\.cc:\d+\]\ .*
    | \d{4}-\d\d-\d\d\ \d\d:\d\d:\d\d\.\d+:\ [IWEF]
      \ (?:external/local_)?(?:tensorflow|xla|tsl)/\S+\.cc:\d+\]\ .*
    | WARNING:\ All\ log\ messages\ before\ absl::InitializeLog\(\)\ .*
    )(?:\n|\Z)""",
    re.VERBOSE | re.MULTILINE,
)


class Token:
    """A piece of text; `unit` is what its last printed digit stands for.

    A number without digits after its point (12, `1.`, 1e-5) is exact: its
    unit is 0. Only NumPy's `1.` and 1e-5 have a float of any length as their
    neighbor, so they may be compared with a decimal; an integer may not.
    """

    def __init__(self, match: re.Match):
        self.text = match[0]
        self.line = match.string.count("\n", 0, match.start()) + 1
        self.value = self.unit = None
        self.decimal = bool(match["point"] or match["bare"] or match["power"])
        if match["number"] and self.decimal:
            self.value = float(self.text.replace(",", "").replace("−", "-"))
            digits = len(match["point"] or match["bare"] or ".") - 1
            power = int(match["power"][1:]) if match["power"] else 0
            self.unit = 10.0 ** (power - digits) if digits else 0.0


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    found = [Token(match) for match in TOKEN.finditer(text)]
    _units_of_arrays(found)
    return found


def _units_of_arrays(found: list[Token]) -> None:
    """Give the numbers between two brackets the finest unit among them.

    NumPy trims the zeros at the end of each number of an array, and 0.5 in
    `[0.5  0.12345678]` has been computed to eight digits too.
    """
    depth, start = 0, 0
    for i, token in enumerate(found):
        if token.text == "[":
            start = i if depth == 0 else start
            depth += 1
        elif token.text == "]" and depth:
            depth -= 1
            inside = found[start:i] if depth == 0 else []
            plain = [t for t in inside if t.unit and not _power(t)]
            for t in plain:
                t.unit = min(other.unit for other in plain)


def _power(token: Token) -> bool:
    return "e" in token.text.lower()


def allowed(stored: Token, computed: Token, rtol: float) -> float | None:
    """By how much two decimals may differ; None for what must be equal."""
    if not (stored.decimal and computed.decimal):
        return None
    larger = max(abs(stored.value), abs(computed.value))
    units = sorted({stored.unit, computed.unit} - {0.0})
    unit = units[0] if units else 0.0
    if len(stored.text.lstrip("+-")) != len(computed.text.lstrip("+-")):
        # The shortest text of two neighboring floats can differ in length,
        # as 1. and 0.99999994 do: grant them one step of float32.
        unit = max(unit, 1.2e-7 * larger)
    # Half a percent of a unit is room for the binary value of a decimal.
    return max(1.005 * unit, rtol * larger)


def same(stored: Token, computed: Token, rtol: float) -> bool:
    """Whether two tokens say the same within the tolerance."""
    if stored.text == computed.text:
        return True
    room = allowed(stored, computed, rtol)
    return room is not None and abs(stored.value - computed.value) <= room


def text_differences(stored: str, computed: str, rtol=0.0) -> list[str]:
    """What differs between two texts, a line for each; empty if nothing."""
    old, new = tokens(stored), tokens(computed)
    if len(old) == len(new):
        pairs = [
            (a, b)
            for a, b in zip(old, new, strict=True)
            if not same(a, b, rtol)
        ]
        lines = [_line(a, b, rtol) for a, b in pairs[:SHOWN]]
        if len(pairs) > SHOWN:
            lines.append(f"and {len(pairs) - SHOWN} more")
        return lines
    diff = difflib.unified_diff(
        stored.splitlines(),
        computed.splitlines(),
        "stored",
        "computed",
        lineterm="",
        n=1,
    )
    counts = f"stored {len(old)} tokens, computed {len(new)}:"
    return [counts, *list(diff)[: 4 * SHOWN]]


def _line(stored: Token, computed: Token, rtol: float) -> str:
    room = allowed(stored, computed, rtol)
    may = "" if room is None else f" (may differ by {room:.2g})"
    return (
        f"line {stored.line}: stored {stored.text}, "
        f"computed {computed.text}{may}"
    )


def html_text(html: str) -> str:
    """The text of an HTML output without its tags and its style sheet."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup(["style", "script"]):
        element.decompose()
    return soup.get_text(" ")


def picture(png: str) -> np.ndarray:
    """The pixels of an image/png output."""
    with Image.open(io.BytesIO(base64.b64decode(png))) as image:
        return np.asarray(image.convert("RGB"), dtype=np.int16)


def picture_difference(stored: str, computed: str, where: str) -> str | None:
    """What differs between two PNG pictures, or None.

    A picture that differs is written beside the stored one and the
    difference of both; the message names the place.
    """
    if stored == computed:
        return None
    old, new = picture(stored), picture(computed)
    if np.abs(np.subtract(old.shape, new.shape)).max() > GRACE:
        what = "sizes differ: stored {1} x {0} pixels, computed {3} x {2}"
        what = what.format(*old.shape[:2], *new.shape[:2])
        best = None
    else:
        rms, *best = min(
            ((calculate_rms(a, b), a, b) for a, b in _overlaps(old, new)),
            key=lambda found: found[0],
        )
        if rms <= RMS:
            return None
        what = f"pictures differ by RMS {rms:.2f} (may differ by {RMS:g})"
    FAILED.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"\W+", "-", where).strip("-")
    drawn = {"stored": old, "computed": new}
    if best:
        drawn["difference"] = 255 - np.abs(best[0] - best[1])
    for kind, pixels in drawn.items():
        image = Image.fromarray(pixels.astype(np.uint8))
        image.save(FAILED / f"{stem}-{kind}.png")
    return f"{what}; see {_short(FAILED)}/{stem}-*.png"


def _overlaps(old: np.ndarray, new: np.ndarray):
    """Both pictures cut to their common size, at every possible offset."""
    height, width = np.minimum(old.shape, new.shape)[:2]
    rows = abs(old.shape[0] - new.shape[0])
    columns = abs(old.shape[1] - new.shape[1])
    for i in range(rows + 1):
        for j in range(columns + 1):
            yield tuple(
                image[
                    i * (image.shape[0] > height) :,
                    j * (image.shape[1] > width) :,
                ][:height, :width]
                for image in (old, new)
            )


def _short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def rtol_of(tags) -> float:
    """The relative tolerance that a cell declares, or 0."""
    return max(
        (float(t.removeprefix("rtol-")) for t in tags if t[:5] == "rtol-"),
        default=0.0,
    )


def kind(output) -> str:
    """What an output is, in a few words: both sides must agree on it."""
    if output["output_type"] == "stream":
        return f"{output['name']} text"
    if output["output_type"] == "error":
        return f"the error {output['ename']}: {output['evalue']}"
    return f"{output['output_type']} of {', '.join(sorted(output['data']))}"


def without_log(outputs) -> list:
    """The outputs without TensorFlow's own C++ log lines."""
    kept = []
    for output in outputs:
        if output["output_type"] == "stream" and output["name"] == "stderr":
            text = TENSORFLOW_LOG.sub("", output["text"])
            if not text:
                continue
            output = {**output, "text": text}
        kept.append(output)
    return kept


def differences(stored, computed, tags=(), where="cell") -> list[str]:
    """What differs between the outputs of a cell, a line for each.

    With the tag `nbval-ignore-output` the contents may differ; what kinds of
    output there are, and that none is an error or a warning, still counts.
    """
    computed = without_log(computed)
    for output in computed:
        if output["output_type"] == "error":
            return [f"the cell raises {output['ename']}: {output['evalue']}"]
        if output.get("name") == "stderr":
            return ["the cell writes to stderr:", output["text"].rstrip()]
    kinds = [[kind(o) for o in side] for side in (stored, computed)]
    if kinds[0] != kinds[1]:
        texts = [" and ".join(side) or "no output" for side in kinds]
        return [f"stored {texts[0]}, computed {texts[1]}"]
    if "nbval-ignore-output" in tags:
        return []
    found = []
    for old, new in zip(stored, computed, strict=True):
        if old["output_type"] == "stream":
            found += text_differences(old["text"], new["text"], rtol_of(tags))
            continue
        for mime in old["data"]:
            found += _data(
                mime, old["data"][mime], new["data"][mime], tags, where
            )
    return found


def _data(mime: str, stored, computed, tags, where: str) -> list[str]:
    if mime in TEXTS:
        if mime == "text/html":
            stored, computed = html_text(stored), html_text(computed)
        return text_differences(stored, computed, rtol_of(tags))
    if mime == "image/png":
        found = picture_difference(stored, computed, where)
        return [found] if found else []
    return [
        f"an output of type {mime} cannot be compared: "
        "show it as text or as a PNG picture"
    ]
