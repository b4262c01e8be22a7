"""What the comparison of outputs lets pass, and what it does not."""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tests import comparison

PASS = [
    ("loss 0.1234", "loss 0.1235", "one unit of the last digit"),
    ("1.999", "2.000", "a carry"),
    ("-0.00 0.00", "0.00 -0.00", "the sign of zero"),
    ("1.2345e-05", "1.2346e-05", "a unit is scaled by the exponent"),
    ("9.99e-06", "1.00e-05", "a change of exponent"),
    ("1,999.99", "2,000.00", "thousands"),
    ("97.34%", "97.35%", "percent"),
    ("(0.50+0.00j)", "(0.50-0.01j)", "complex"),
    ("[1.         0.25      ]", "[0.99999999 0.25      ]", "trimmed by NumPy"),
    ("1.", "0.99999994", "one step of float32"),
    ("0.7310586", "0.73105854", "reprs of neighbors in float32"),
    ("array([ 0.5, -1.25])", "array([ 0.5 , -1.25])", "padding"),
    ("[0.1\n 0.2]", "[0.1 0.2]", "a line break"),
    ("nan inf -inf", "nan inf -inf", "not finite"),
    ("torch 2.13.0+cpu", "torch 2.13.0+cpu", "a version"),
    ("", "", "nothing"),
]
FAIL = [
    ("loss 0.1234", "loss 0.1236", "two units of the last digit"),
    ("0.73105858", "0.73105860", "two units of a long one"),
    ("accuracy 97", "accuracy 98", "an integer"),
    ("shape (32, 10)", "shape (32, 11)", "a shape"),
    ("shape (32, 10)", "shape (32,)", "a shorter shape"),
    ("float32", "float64", "a type"),
    ("dense_1", "dense_2", "a name"),
    ("2.13.0", "2.14.0", "a version"),
    ("v1.2", "v1.3", "a short version"),
    (".25", ".27", "no digit before the point"),
    ("softmax wins", "sigmoid wins", "a word"),
    ("1.", "2.", "two trimmed numbers"),
    ("1.", "0.9990", "a trimmed number and one that is not near"),
    ("[1. 2.]", "[1. 3.]", "trimmed numbers in an array"),
    ("[0.5        0.12345678]", "[0.6        0.12345678]", "trimmed zeros"),
    ("1e-12", "2e-12", "a power without digits"),
    ("1.23e-05", "1.23e-06", "an exponent"),
    ("0.25", "-0.25", "a sign"),
    ("3 of 10", "3.0 of 10", "an integer that became a decimal"),
    ("0.5", "nan", "not a number"),
    ("inf", "-inf", "the sign of infinity"),
    ("10,000", "10,001", "a count with separator"),
    ("12", "1 2", "a space inside a number"),
    ("a b c", "a b", "a token less"),
    ("x", "", "an output that is empty"),
    ("5%", "6%", "a whole percent"),
    ("(0.5+0.25j)", "(0.5+0.28j)", "complex"),
    ("1-2", "1+2", "an operator"),
    ("0x7f", "0x7e", "hexadecimal"),
    ("True", "False", "a truth value"),
]


def names(cases):
    return [case[2] for case in cases]


@pytest.mark.parametrize(("a", "b", "what"), PASS, ids=names(PASS))
def test_same(a, b, what):
    assert comparison.text_differences(a, b) == []
    assert comparison.text_differences(b, a) == []


@pytest.mark.parametrize(("a", "b", "what"), FAIL, ids=names(FAIL))
def test_different(a, b, what):
    assert comparison.text_differences(a, b)
    assert comparison.text_differences(b, a)


def test_declared_tolerance():
    assert not comparison.text_differences("2.000", "2.039", rtol=0.02)
    assert comparison.text_differences("2.000", "2.050", rtol=0.02)
    assert not comparison.text_differences("0.01", "0.02", rtol=0.02)
    assert comparison.text_differences("100", "101", rtol=0.02)
    assert comparison.rtol_of(["tab-numpy", "rtol-0.02"]) == 0.02
    assert comparison.rtol_of([]) == 0


def test_message_names_line_and_tokens():
    (message,) = comparison.text_differences("a\nb 0.10", "a\nb 0.15")
    assert message.startswith("line 2: stored 0.10, computed 0.15")


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def shown(kind="display_data", **data):
    data = {mime.replace("_", "/"): value for mime, value in data.items()}
    return {"output_type": kind, "data": data, "metadata": {}}


TABLE = "<style>td {{color: {c}}}</style><table><td>{n}</td></table>"
LOGS = (
    "2025-01-02 03:04:05.678901: I tensorflow/core/util/port.cc:153] oneDNN\n"
    "WARNING: All log messages before absl::InitializeLog() is called are "
    "written to STDERR\n"
    "E0000 00:00:1735786645.123456   12345 cuda_dnn.cc:8310] No plugin\n"
)


@pytest.mark.parametrize(
    ("stored", "computed", "message"),
    [
        ([stream("a")], [stream("a")], None),
        ([stream("a")], [], "stored stdout text, computed no output"),
        ([], [stream("a")], "stored no output, computed stdout text"),
        ([stream("a"), shown(text_plain="1")], [stream("a")], "and display"),
        ([shown(text_plain="1")], [shown("execute_result", text_plain="1")],
         "computed execute_result"),
        ([shown(text_plain="1")], [shown(text_plain="1", text_html="1")],
         "computed display_data of text/html, text/plain"),
        ([], [stream("UserWarning: x", "stderr")], "writes to stderr"),
        ([stream("w", "stderr")], [stream("w", "stderr")], "writes to stderr"),
        ([stream("a")], [stream(LOGS, "stderr"), stream("a")], None),
        ([], [stream(LOGS + "mine\n", "stderr")], "mine"),
        ([], [stream("E0000 of mine\n", "stderr")], "E0000 of mine"),
        ([shown(text_html=TABLE.format(c=1, n=0.25))],
         [shown(text_html=TABLE.format(c=2, n=0.26))], None),
        ([shown(text_html=TABLE.format(c=1, n=1))],
         [shown(text_html=TABLE.format(c=1, n=2))], "stored 1, computed 2"),
        ([shown(text_latex="$x^2$")], [shown(text_latex="$x^3$")], "2, com"),
        ([shown(application_json="1")], [shown(application_json="1")],
         "an output of type application/json cannot be compared"),
        ([], [{"output_type": "error", "ename": "E", "evalue": "v"}],
         "raises E: v"),
    ],
)  # fmt: skip
def test_outputs(stored, computed, message):
    found = "\n".join(comparison.differences(stored, computed))
    assert message in found if message else not found


def test_ignored_output_still_counts():
    ignore = ["nbval-ignore-output"]
    a, b = [stream("a")], [stream("b")]
    assert not comparison.differences(a, b, ignore)
    assert comparison.differences(a, [], ignore)
    assert comparison.differences(a, [*b, stream("w", "stderr")], ignore)


def drawn(y, style="-", wide=0):
    """A PNG of a light line figure in the house style."""
    fig, ax = plt.subplots()
    ax.plot(np.linspace(-6, 6, 200), y, style, linewidth=1)
    ax.set(xlim=(-6, 6), ylim=(-0.1, 1.1), xlabel="x", ylabel="f(x)")
    file = io.BytesIO()
    fig.savefig(file, format="png")
    plt.close(fig)
    if wide:
        image = comparison.Image.open(file)
        size = (image.width + wide, image.height)
        canvas = comparison.Image.new("RGB", size, "white")
        canvas.paste(image, (wide, 0))
        file = io.BytesIO()
        canvas.save(file, format="png")
    return base64.b64encode(file.getvalue()).decode()


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    monkeypatch.setattr(comparison, "FAILED", tmp_path)
    monkeypatch.setattr(comparison, "ROOT", tmp_path)
    plt.switch_backend("agg")
    return tmp_path


@pytest.mark.parametrize("style", ["-", "--", ":"])
def test_pictures(style, scratch):
    y = 1 / (1 + np.exp(-np.linspace(-6, 6, 200)))
    noise = 1e-5 * np.random.default_rng(0).standard_normal(200)
    stored = drawn(y, style)
    assert not comparison.picture_difference(stored, drawn(y, style), "p")
    assert not comparison.picture_difference(
        stored, drawn(y + noise, style), "p"
    )
    assert not comparison.picture_difference(
        stored, drawn(y, style, wide=3), "p"
    )
    assert not list(scratch.iterdir())
    moved = comparison.picture_difference(
        stored, drawn(1.01 * y, style), "a.ipynb, code cell 3"
    )
    assert moved.startswith("pictures differ by RMS")
    assert sorted(p.name for p in scratch.iterdir()) == [
        f"a-ipynb-code-cell-3-{kind}.png"
        for kind in ("computed", "difference", "stored")
    ]


def test_picture_of_another_size():
    y = np.linspace(0, 1, 200)
    found = comparison.picture_difference(drawn(y), drawn(y, wide=9), "p")
    assert found.startswith("sizes differ: stored 960 x 540 pixels")


def test_a_swapped_label_is_another_picture():
    def labelled(text):
        fig, ax = plt.subplots()
        ax.set_title(text)
        file = io.BytesIO()
        fig.savefig(file, format="png")
        plt.close(fig)
        return base64.b64encode(file.getvalue()).decode()

    found = comparison.picture_difference(
        labelled("slope 0.25"), labelled("slope 0.26"), "p"
    )
    assert found
