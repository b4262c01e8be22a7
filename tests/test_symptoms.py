"""The checks of symptoms.md see what they say: run on sound and sick models.

Every code block of the page is run, in both frameworks; for each symptom the
cause is planted, and the answer is the one that the page names.
"""

import ast
import re
from functools import partial
from itertools import pairwise

import keras
import numpy as np
import pytest
import tensorflow as tf
import torch
from sklearn.datasets import load_digits

from tools.environment import ROOT

PAGE = (ROOT / "symptoms.md").read_text("utf-8")
BLOCK = re.compile(
    r"^\((?P<label>sec-symptoms-[\w-]+)\)=$|^:sync: (?P<tab>\w+)$"
    r"|^(?P<end>::::)$|^```python\n(?P<code>.*?)^```$",
    re.M | re.S,
)
FRAMEWORKS = ["tensorflow", "pytorch"]


def blocks():
    """(label, framework or None, code) of each code block of the page."""
    label = tab = None
    for match in BLOCK.finditer(PAGE):
        if match["label"]:
            label = match["label"].removeprefix("sec-symptoms-")
        elif match["code"]:
            yield label, tab, match["code"]
        else:
            tab = match["tab"]


def run(code, names):
    """Run a block as a notebook does; return the value that it shows."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "symptoms.md", "exec"), names)
    if last:
        return eval(compile(ast.Expression(last.value), "", "eval"), names)
    return None


def digits(n=512):
    data = load_digits()
    return (data.data[:n] / 16).astype("float32"), data.target[:n]


def weights(sizes, scale=2.0, rng=None):
    """W and b of each layer, of variance scale / n_in, in one list."""
    rng = rng or np.random.default_rng(0)
    found = []
    for n_in, n_out in pairwise(sizes):
        W = rng.normal(0, np.sqrt(scale / n_in), (n_in, n_out))
        found += [W.astype("float32"), np.zeros(n_out, "float32")]
    return found


SIZES = (64, 32, 32, 10)


def model_keras(theta, phi="relu", apart=False, extra=()):
    model = keras.Sequential([keras.Input((len(theta[0]),))])
    for k, b in enumerate(theta[1::2], start=1):
        hidden = phi if 2 * k < len(theta) else None
        model.add(keras.layers.Dense(len(b), None if apart else hidden))
        if apart and hidden:
            model.add(keras.layers.Activation(hidden))
    model.set_weights(theta)
    for layer in extra:
        model.add(layer)
    return model


def model_torch(theta, phi="relu", apart=True, extra=()):
    kinds = {
        "relu": torch.nn.ReLU,
        "sigmoid": torch.nn.Sigmoid,
        "tanh": torch.nn.Tanh,
    }
    model = torch.nn.Sequential()
    for k, (W, b) in enumerate(zip(theta[::2], theta[1::2], strict=True), 1):
        model.append(torch.nn.Linear(*W.shape))
        model[-1].weight.data = torch.from_numpy(W.T.copy())
        model[-1].bias.data = torch.from_numpy(b.copy())
        if 2 * k < len(theta):
            model.append(kinds[phi]())
    return model.extend(extra)


def names_for(framework, theta=None, data=None, phi="relu", extra=None):
    """What a reader has: model, loss, data, and the functions of the page."""
    X, Y = data or digits()
    theta = theta or weights(SIZES)
    extra = (extra or {}).get(framework, ())
    names = {"np": np, "Y_array": Y}
    if framework == "tensorflow":
        cross_entropy = keras.losses.SparseCategoricalCrossentropy
        names["loss_function"] = cross_entropy(from_logits=True)
        names |= {"model": model_keras(theta, phi, extra=extra)}
    else:
        X, Y = torch.from_numpy(X), torch.from_numpy(Y)
        names["loss_function"] = torch.nn.CrossEntropyLoss()
        names |= {"model": model_torch(theta, phi, extra=extra)}
    names |= {"X": X, "Y": Y}
    prepare(framework, names)
    return names


def prepare(framework, names):
    """Run the section that all others rest on."""
    for label, tab, code in blocks():
        if label == "look" and tab in (framework, None):
            run(code, names)


def answers(symptom, framework, names):
    """The values of the blocks of a section."""
    found = [
        run(code, names)
        for label, tab, code in blocks()
        if label == symptom and tab in (framework, None)
    ]
    assert found, f"symptoms.md has no block for {symptom}"
    return found


def ask(symptom, framework, **options):
    return answers(symptom, framework, names_for(framework, **options))[0]


@pytest.fixture(params=FRAMEWORKS)
def framework(request):
    return request.param


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    torch.set_num_threads(1)


# What is wrong with the model, and what the page says is seen ---------------


def dead():
    theta = weights(SIZES)
    theta[1] -= 30
    return theta


DEEP = (64, *[32] * 12, 10)
SMALL = weights(DEEP, 0.3)
LARGE = weights(DEEP, 12)
SIGMOID = {"theta": weights(DEEP, 1), "phi": "sigmoid"}


def test_one_batch(framework):
    assert ask("one-batch", framework) < 0.1
    assert ask("one-batch", framework, theta=dead()) > 2


def test_stuck(framework):
    assert min(ask("stuck", framework)) > 0.001
    assert min(ask("stuck", framework, theta=SMALL)) < 1e-5
    assert min(ask("stuck", framework, **SIGMOID)) < 1e-5
    *inner, last_bias = ask("stuck", framework, theta=dead())
    assert max(inner) == 0 < last_bias


def test_first_loss(framework):
    X, Y = digits()
    assert 0.5 < ask("first-loss", framework) < 1.5
    assert ask("first-loss", framework, data=(255 * X, Y)) > 2
    assert ask("first-loss", framework, theta=LARGE) > 2
    names = with_loss(framework, over_examples)
    assert answers("first-loss", framework, names)[0] > 2
    names["seen"] = names["look"](rows=slice(0, 128))
    fewer = answers("first-loss", framework, names)[0]
    assert fewer == pytest.approx(np.log(128) / np.log(10), rel=0.1)


SOFTMAX = {
    "tensorflow": [keras.layers.Softmax()],
    "pytorch": [torch.nn.Softmax(dim=1)],
}


def test_double_softmax(framework):
    assert ask("double-softmax", framework) is False
    assert ask("double-softmax", framework, extra=SOFTMAX) is True
    best = -torch.log_softmax(torch.eye(10)[:1], dim=1)[0, 0].item()
    assert best == pytest.approx(np.log(np.e + 9) - 1)
    assert f"{best:.2f}" == "1.46"


def with_loss(framework, change):
    """A model whose loss is `change(loss, scores, labels)`, in PyTorch."""
    names = names_for(framework)
    usual = names["loss_function"]
    if framework == "tensorflow":
        names["loss_function"] = lambda Y, S: change(usual(Y, S), S, tf)
    else:
        names["loss_function"] = lambda S, Y: change(usual(S, Y), S, torch)
    prepare(framework, names)
    return names


def over_examples(loss, scores, library):
    """The cross-entropy, had the softmax gone over the wrong axis."""
    Z = scores if library is torch else torch.from_numpy(np.array(scores))
    Y = torch.from_numpy(digits(len(Z))[1])
    wrong = torch.nn.functional.nll_loss(Z.log_softmax(0), Y)
    return wrong if library is torch else loss + (wrong.item() - loss)


def turned(loss, scores, library):
    """The same value with the opposite gradient."""
    fixed = loss.detach() if library is torch else tf.stop_gradient(loss)
    return 2 * fixed - loss


def test_up(framework):
    assert ask("up", framework)
    assert not answers("up", framework, with_loss(framework, turned))[0]


def test_nan(framework):
    X, Y = digits()
    bad, huge, broken = X.copy(), weights(SIZES), weights(SIZES)
    bad[3, 5] = np.nan
    huge[0][:] = 3e38
    broken[2][0, 0] = np.nan
    assert ask("nan", framework) == []
    assert ask("nan", framework, data=(bad, Y))[0] == "X"
    assert ask("nan", framework, theta=broken)[0] == "weights"
    assert ask("nan", framework, theta=huge)[0] == "outputs"

    def log_of_zero(loss, scores, library):
        log = tf.math.log if library is tf else torch.log
        return loss - log(0.0 * scores[0, 0] ** 2)

    def root_of_zero(loss, scores, library):
        return loss + library.sqrt(0.0 * scores[0, 0])

    for change, first in ((log_of_zero, "loss"), (root_of_zero, "gradients")):
        found = answers("nan", framework, with_loss(framework, change))[0]
        assert found[0] == first


def test_order(framework):
    X, Y = digits()
    rows = np.argsort(Y, kind="stable")
    assert ask("order", framework) < 0.2
    assert ask("order", framework, data=(X[rows], Y[rows])) > 0.95


def trained(framework, steps=300):
    names = names_for(framework)
    for _ in range(steps):
        names["move"](names["look"]().G, 0.3)
    names["seen"] = names["look"]()
    return names


def test_floor(framework):
    assert answers("floor", framework, trained(framework))[0] > 1
    assert ask("floor", framework) < 1


def test_chance(framework):
    assert (ask("chance", framework) > 0).sum() > 3
    assert (ask("chance", framework, theta=dead()) > 0).sum() == 1


def test_accuracy(framework):
    names = trained(framework)
    value = answers("accuracy", framework, names)[0]
    assert value > 0.9
    assert value == pytest.approx(
        np.mean(names["seen"].A[-1].argmax(1) == names["Y_array"])
    )


def test_new_data(framework):
    names = names_for(framework)
    new = load_digits().data[512:1024].astype("float32")
    for divisor, otherwise in ((16, False), (1, True)):
        names["X_new"] = new / divisor
        value = answers("new-data", framework, names)[0]
        assert (value > 0.5) is otherwise


def test_modes(framework):
    layers = {
        "tensorflow": [keras.layers.BatchNormalization()],
        "pytorch": [torch.nn.BatchNorm1d(10)],
    }
    drop = {
        "tensorflow": [keras.layers.Dropout(0.5)],
        "pytorch": [torch.nn.Dropout(0.5)],
    }
    assert ask("modes", framework) == 0
    assert ask("modes", framework, extra=layers) > 0.1
    assert ask("modes", framework, extra=drop) > 0.1


def test_porting():
    theta = weights((64, 64, 10))
    other = [w.copy() for w in theta]
    other[0] = other[0].T.copy()
    names = names_for("pytorch", theta)
    keras_names = names_for("tensorflow", theta)
    for arrays, first in ((theta, None), (other, 1)):
        names["seen_torch"] = names["look"]()
        keras_names["model"] = model_keras(arrays, apart=True)
        prepare("tensorflow", keras_names)
        names["seen_keras"] = keras_names["look"]()
        found = answers("porting", None, names)[0]
        differs = [k for k, value in enumerate(found) if value > 1e-4]
        assert (differs[0] if differs else None) == first


def test_vanishing(framework):
    sound = ask("vanishing", framework)
    assert max(sound) / min(sound) < 10
    for options in ({"theta": SMALL}, SIGMOID):
        sick = ask("vanishing", framework, **options)
        assert sick[-1] / sick[0] > 1000
        assert sick[-1] > 3 * sick[-4] > 9 * sick[-8]
    theta = weights((64, 32, 32, 32, 10))
    theta[3] -= 30
    sick = ask("vanishing", framework, theta=theta)
    assert sick[0] == 0 < sick[-1]


def test_weights_of_a_faint_network_have_gradients_of_one_size(framework):
    """Which is why the page does not judge by them."""
    seen = names_for(framework, theta=SMALL)["seen"]
    lengths = [np.linalg.norm(g) for g in seen.G if g.ndim == 2]
    assert max(lengths) / min(lengths) < 10
    assert max(lengths) < 1e-4


def test_exploding(framework):
    assert ask("exploding", framework) < 10
    assert ask("exploding", framework, theta=LARGE) > 10


def test_dead(framework):
    assert max(ask("dead", framework)) < 0.2
    assert ask("dead", framework, theta=dead())[0] == 1


def test_saturated(framework):
    X, Y = digits()
    options = {"theta": weights(SIZES, 1), "phi": "tanh"}
    assert max(ask("saturated", framework, **options)) < 0.2
    sick = ask("saturated", framework, data=(100 * X, Y), **options)
    assert sick[0] > 0.8


def test_alike(framework):
    theta = weights(SIZES)
    theta[0][:] = theta[0][:, :1]
    assert min(ask("alike", framework)) > 0
    assert ask("alike", framework, theta=theta)[0] == 0


class Cut(torch.nn.Module):
    """Passes its input on, and no gradient back."""

    def forward(self, A):
        return A.detach() + torch.zeros(1, requires_grad=True)


class CutKeras(keras.layers.Layer):
    """The same for Keras."""

    def call(self, A):
        return tf.stop_gradient(A)


def test_none(framework):
    cut = {
        "tensorflow": [CutKeras(), keras.layers.Dense(10)],
        "pytorch": [Cut(), torch.nn.Linear(10, 10)],
    }
    assert ask("none", framework) == []
    assert ask("none", framework, extra=cut) == [0, 1, 2, 3, 4, 5]


def test_own_gradient(framework):
    names = names_for(framework)
    G = names["seen"].G
    for factor, value in ((1, 1), (2, 0.5), (-1, -1)):
        names["G"] = [(factor * g).astype("float32") for g in G]
        found = answers("own-gradient", framework, names)[0]
        assert found == pytest.approx(value, rel=0.02)


def test_accumulated():
    names = names_for("pytorch")
    for times in (1, 2, 3):
        loss = names["loss_function"](names["model"](names["X"]), names["Y"])
        loss.backward()
        found = answers("accumulated", "pytorch", names)[0]
        assert found == pytest.approx(times, rel=1e-4)


def test_zigzag(framework):
    X = digits()[0]
    names = names_for(framework)
    for rate, sign in ((0.01, 1), (3.0, -1)):
        names["rate"] = rate
        cosine = answers("zigzag", framework, names)[0]
        assert sign * cosine > (0.9 if sign > 0 else 0), cosine
    for scale, sick in ((1, False), (1000, True)):
        Z = np.where(X.std(0) > 0, (X - X.mean(0)) / (X.std(0) + 1e-9), 0)
        Z[:, 20] *= scale
        names["X"] = Z.astype("float32")
        spread = answers("zigzag", framework, names)[1]
        assert (spread > 100) is sick


def test_adam(framework):
    sound = ask("adam", framework)
    sick = ask("adam", framework, **SIGMOID)
    assert max(sound) / min(sound) < 100
    assert max(sick) / min(sick) > 100
    assert min(sick) < 3e-6 < min(sound)


def stepper(framework, names, model):
    """A step of SGD on the weights of `model`, for the loss of names."""
    if framework == "tensorflow":
        optimizer = keras.optimizers.SGD(0.1)

        def step():
            G = [tf.constant(g) for g in names["look"]().G]
            optimizer.apply(G, model.trainable_variables)
    else:
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

        def step():
            optimizer.zero_grad()
            S = names["model"](names["X"])
            names["loss_function"](S, names["Y"]).backward()
            optimizer.step()

    return step


def test_still(framework):
    names = names_for(framework)
    other = names_for(framework)["model"]
    for model, moves in ((names["model"], True), (other, False)):
        names["step"] = stepper(framework, names, model)
        found = answers("still", framework, names)[0]
        assert len(found) == 6
        assert (min(found) > 0) is (max(found) > 0) is moves


def test_runs(framework):
    names = names_for(framework)
    make = model_keras if framework == "tensorflow" else model_torch

    def build():
        if framework == "tensorflow":
            return keras.Sequential(
                [keras.Input((64,)), keras.layers.Dense(10)]
            )
        return torch.nn.Sequential(torch.nn.Linear(64, 10))

    def unseeded():
        return make(weights(SIZES, rng=np.random.default_rng()))

    for function, same in ((build, True), (unseeded, False)):
        names["build"] = function
        assert answers("runs", framework, names)[0] is same


def test_frameworks(framework):
    names = names_for(framework)
    if framework == "tensorflow":
        keras.utils.set_random_seed(0)
        names["model"] = keras.Sequential(
            [keras.Input((64,)), *[keras.layers.Dense(64) for _ in range(3)]]
        )
    else:
        torch.manual_seed(0)
        layers = [torch.nn.Linear(64, 64) for _ in range(3)]
        names["model"] = torch.nn.Sequential(*layers)
    prepare(framework, names)
    wanted = 1 if framework == "tensorflow" else 0.58
    sizes = answers("frameworks", framework, names)[0]
    np.testing.assert_allclose(sizes, wanted, atol=0.05)
    he = ask("frameworks", framework)
    np.testing.assert_allclose(he, 1.4, atol=0.15)


def test_memory(framework):
    names = names_for(framework)
    losses = (
        [names["loss_function"](names["Y"], names["seen"].A[-1])]
        if (framework == "tensorflow")
        else [names["loss_function"](names["model"](names["X"]), names["Y"])]
    )
    names["losses"] = losses
    (outputs, held), kept = answers("memory", framework, names)
    assert outputs > held
    assert kept is (framework == "pytorch")
    names["look"] = partial(names["look"], rows=slice(0, 4))
    names["seen"], names["losses"] = names["look"](), [2.3, 2.2]
    (outputs, held), kept = answers("memory", framework, names)
    assert outputs < held
    assert kept is False


# The page -------------------------------------------------------------------


def test_every_symptom_has_its_test():
    symptoms = set(re.findall(r"^\(sec-symptoms-([\w-]+)\)=$", PAGE, re.M))
    symptoms -= {"look"}
    tested = {n[5:].replace("_", "-") for n in globals() if n[:5] == "test_"}
    assert symptoms - tested == set()
    assert {label for label, _, _ in blocks()} == symptoms | {"look"}


def test_the_top_of_the_page_names_every_symptom():
    top = PAGE.split("(sec-symptoms-look)=")[0]
    named = re.findall(r"<(sec-symptoms-[\w-]+)>", top)
    labels = re.findall(r"^\((sec-symptoms-[\w-]+)\)=\n#", PAGE, re.M)
    assert sorted(named) == sorted(labels)
    assert len(labels) >= 22


# Answers that say all by themselves: nothing is wrong, or the cure is there.
ENOUGH = (
    "as it should be",
    "right along this",
    "of this batch alone",
    "where they are steep",
    "are frozen",
    "loss.item()",
    "torch.inference_mode()",
)


def test_every_answer_leads_somewhere():
    answered = re.findall(r"^- \*\*.+", PAGE, re.M)
    assert len(answered) > 70
    assert [
        line
        for line in answered
        if not re.search(r"\{(?:ref|doc)\}`", line)
        and not any(words in line for words in ENOUGH)
    ] == []
