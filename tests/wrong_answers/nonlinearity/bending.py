# %% hinges | These are the slopes
def hinges(xs, ys):
    return xs[:-1], np.diff(ys) / np.diff(xs), ys[0]


# %% hinges | divide by the widths
def hinges(xs, ys):
    return xs[:-1], np.diff(np.diff(ys), prepend=0), ys[0]


# %% hinges | The constant is missing
def hinges(xs, ys):
    slopes = np.diff(ys) / np.diff(xs)
    return xs[:-1], np.diff(slopes, prepend=0), 0.0


# %% hinges | none is needed at the last point
def hinges(xs, ys):
    slopes = np.diff(ys) / np.diff(xs)
    return xs, np.diff(slopes, prepend=0, append=0), ys[0]


# %% hinges | at the points but the last
def hinges(xs, ys):
    slopes = np.diff(ys) / np.diff(xs)
    return xs[1:], np.diff(slopes, prepend=0), ys[0]


# %% count | there is one piece more
def count_pieces(x, y):
    slopes = np.diff(y) / np.diff(x)
    return int(np.sum(np.abs(np.diff(slopes)) > 1e-6))


# %% count | differ by rounding
def count_pieces(x, y):
    slopes = np.diff(y) / np.diff(x)
    return 1 + int(np.sum(np.abs(np.diff(slopes)) > 1e-16))


# %% count | divide the differences of y
def count_pieces(x, y):
    return 1 + int(np.sum(np.abs(np.diff(np.diff(y))) > 1e-6))


# %% count | Slopes that come back count again
def count_pieces(x, y):
    return len(set((np.diff(y) / np.diff(x)).round(6).tolist()))


# %% count | This counts the steps of the grid
def count_pieces(x, y):
    return len(x) - 1


# %% fold | its first slope is 3
def fold_in_three(x):
    return 2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)


# %% fold | by -6
def fold_in_three(x):
    return 3 * np.maximum(x, 0) - 3 * np.maximum(x - 1 / 3, 0)


# %% fold | by 6
def fold_in_three(x):
    return 3 * np.maximum(x, 0) - 6 * np.maximum(x - 1 / 3, 0)


# %% fold | build it from np.maximum
def fold_in_three(x):
    return np.interp(x, [0, 1 / 3, 2 / 3, 1], [0, 1, 0, 1])


# %% build-tensorflow | has no bend
def keras_hinges(t, v, c):
    model = keras.Sequential([keras.Input((1,), dtype="float64")])
    model.add(keras.layers.Dense(t.size, dtype="float64"))
    model.add(keras.layers.Dense(1, dtype="float64"))
    model.set_weights([np.ones((1, t.size)), -t, v[:, None], np.array([c])])
    return model


# %% build-tensorflow | the wrong sign
def keras_hinges(t, v, c):
    model = keras.Sequential([keras.Input((1,), dtype="float64")])
    model.add(keras.layers.Dense(t.size, "relu", dtype="float64"))
    model.add(keras.layers.Dense(1, dtype="float64"))
    model.set_weights([np.ones((1, t.size)), t, v[:, None], np.array([c])])
    return model


# %% build-tensorflow | in keras.Input as well
def keras_hinges(t, v, c):
    model = keras.Sequential([keras.Input((1,))])
    model.add(keras.layers.Dense(t.size, "relu", dtype="float64"))
    model.add(keras.layers.Dense(1, dtype="float64"))
    model.set_weights([np.ones((1, t.size)), -t, v[:, None], np.array([c])])
    return model


# %% build-pytorch | between the two Linear layers
def torch_hinges(t, v, c):
    model = torch.nn.Sequential(
        torch.nn.Linear(1, t.size, dtype=torch.float64),
        torch.nn.Linear(t.size, 1, dtype=torch.float64),
    )
    with torch.no_grad():
        model[0].weight.fill_(1)
        model[0].bias.copy_(torch.from_numpy(-t))
        model[1].weight.copy_(torch.from_numpy(v))
        model[1].bias.fill_(c)
    return model


# %% build-pytorch | the wrong sign
def torch_hinges(t, v, c):
    model = torch.nn.Sequential(
        torch.nn.Linear(1, t.size, dtype=torch.float64),
        torch.nn.ReLU(),
        torch.nn.Linear(t.size, 1, dtype=torch.float64),
    )
    with torch.no_grad():
        model[0].weight.fill_(1)
        model[0].bias.copy_(torch.from_numpy(t))
        model[2].weight.copy_(torch.from_numpy(v))
        model[2].bias.fill_(c)
    return model


# %% build-pytorch | The constant c is lost
def torch_hinges(t, v, c):
    model = torch.nn.Sequential(
        torch.nn.Linear(1, t.size, dtype=torch.float64),
        torch.nn.ReLU(),
        torch.nn.Linear(t.size, 1, bias=False, dtype=torch.float64),
    )
    with torch.no_grad():
        model[0].weight.fill_(1)
        model[0].bias.copy_(torch.from_numpy(-t))
        model[2].weight.copy_(torch.from_numpy(v))
    return model


# %% order | the intercept
def order(ns, errors):
    return np.polyfit(np.log(ns), np.log(errors), 1)[1]


# %% order | Take the logarithm of n
def order(ns, errors):
    return np.polyfit(ns, np.log(errors), 1)[0]


# %% order | Take logarithms of both
def order(ns, errors):
    return np.polyfit(ns, errors, 1)[0]


# %% order | the first and the last error only
def order(ns, errors):
    return np.log(errors[-1] / errors[0]) / np.log(ns[-1] / ns[0])


# %% repair | These are still the values
def slope_at(x, t, v):
    return broken(x, t, v)


# %% repair | to the left of x have begun
def slope_at(x, t, v):
    return (x[:, None] < t) @ v


# %% repair | that x has passed
def slope_at(x, t, v):
    return np.full(x.shape, v.sum())


# %% count | Slopes of one sign can differ
def count_pieces(x, y):
    slopes = np.sign(np.round(np.diff(y) / np.diff(x), 6))
    return 1 + int(np.sum(slopes[1:] != slopes[:-1]))
