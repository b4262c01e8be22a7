# %% fold | The order is wrong
def fold(first, second):
    (W1, b1), (W2, b2) = first, second
    return W2 @ W1, b1 @ W2 + b2


# %% fold | element by element
def fold(first, second):
    (W1, b1), (W2, b2) = first, second
    return W1 * W2, b1 @ W2 + b2


# %% fold | The first bias passes through the second layer too
def fold(first, second):
    (W1, b1), (W2, b2) = first, second
    return W1 @ W2, b1 + b2


# %% fold | The bias of the first layer is missing
def fold(first, second):
    (W1, _), (W2, b2) = first, second
    return W1 @ W2, b2


# %% fold | The bias of the second layer is missing
def fold(first, second):
    (W1, b1), (W2, _) = first, second
    return W1 @ W2, b1 @ W2


# %% fold | W (n_in, n_out) and b (n_out,)
def fold(first, second):
    (W1, b1), (W2, b2) = first, second
    return W1 @ W2, b1[:, None] * W2 + b2


# %% collapse | A stack of one layer folds to that layer
def collapse(layers):
    W, b = fold(layers[0], layers[-1])
    return W, b


# %% collapse | Only the last bias arrived
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b_next
    return W, b


# %% collapse | each bias passes through all later layers
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b.sum() + b_next
    return W, b


# %% collapse | This is NumPy's own message
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


# %% collapse | must name both widths
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        if W.shape[1] != W_next.shape[0]:
            raise ValueError("layers do not fit")
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


# %% model-tensorflow | needs no transpose
def fold_keras(model):
    weights = [layer.get_weights() for layer in model.layers]
    return collapse([(W.T, b) for W, b in weights])


# %% model-tensorflow | W came out transposed
def fold_keras(model):
    W, b = collapse([layer.get_weights() for layer in model.layers])
    return W.T, b


# %% model-tensorflow | fold the biases too
def fold_keras(model):
    layers = [layer.get_weights() for layer in model.layers]
    return collapse(layers)[0], layers[-1][1]


# %% model-tensorflow | the first layer alone
def fold_keras(model):
    return model.layers[0].get_weights()


# %% model-pytorch | Return NumPy arrays
def fold_torch(model):
    return collapse([(m.weight.detach().T, m.bias.detach()) for m in model])


# %% model-pytorch | transpose every one before folding
def fold_torch(model):
    return collapse(
        [(m.weight.detach().numpy(), m.bias.detach().numpy()) for m in model]
    )


# %% model-pytorch | fold the biases too
def fold_torch(model):
    layers = [(m.weight.detach().numpy().T, m.bias) for m in model]
    W = layers[0][0]
    for W_next, _ in layers[1:]:
        W = W @ W_next
    return W, layers[-1][1].detach().numpy()


# %% bound | The hidden layer of 3 is the bottleneck
def rank_bound(widths):
    return min(widths[0], widths[-1])


# %% bound | The input counts too
def rank_bound(widths):
    return min(widths[1:])


# %% bound | The output counts too
def rank_bound(widths):
    return min(widths[:-1])


# %% absorb | std belongs to the rows
def absorb(W, b, mean, std):
    return W / std, b - mean @ (W / std)


# %% absorb | so the weights are divided too
def absorb(W, b, mean, std):
    W_raw = W * std[:, None]
    return W_raw, b - mean @ W_raw


# %% absorb | The mean is divided by std too
def absorb(W, b, mean, std):
    return W / std[:, None], b - mean @ W


# %% absorb | The mean is missing from the bias
def absorb(W, b, mean, std):
    return W / std[:, None], b


# %% absorb | The mean is subtracted
def absorb(W, b, mean, std):
    W_raw = W / std[:, None]
    return W_raw, b + mean @ W_raw


# %% bend | A bias breaks that, but not the midpoint
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 1000, n_in))
    return bool(np.allclose(f(x + y), f(x) + f(y)))


# %% bend | draw inputs of both signs
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    x, y = 5 + rng.random(size=(2, 1000, n_in))
    return bool(np.allclose(f((x + y) / 2), (f(x) + f(y)) / 2))


# %% bend | compare values, not only signs or shapes
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 1000, n_in))
    difference = f((x + y) / 2) - (f(x) + f(y)) / 2
    return bool(np.abs(difference).max() < 1)


# %% bend | compare every one
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 1000, n_in))
    difference = f((x + y) / 2) - (f(x) + f(y)) / 2
    return bool(np.isclose(difference, 0).any())
