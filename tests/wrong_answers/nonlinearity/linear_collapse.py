# %% fold | The order is wrong
def put_in_front(new, folded):
    (W0, b0), (W, b) = new, folded
    return W @ W0, b0 @ W + b


# %% fold | element by element
def put_in_front(new, folded):
    (W0, b0), (W, b) = new, folded
    return W0 * W, b0 @ W + b


# %% fold | passes through the folded one
def put_in_front(new, folded):
    (W0, b0), (W, b) = new, folded
    return W0 @ W, b0 + b


# %% fold | The bias of the new layer is missing
def put_in_front(new, folded):
    (W0, _), (W, b) = new, folded
    return W0 @ W, b


# %% fold | The bias of the stack is missing
def put_in_front(new, folded):
    (W0, b0), (W, _) = new, folded
    return W0 @ W, b0 @ W


# %% fold | W (n_new, n_out) and b (n_out,)
def put_in_front(new, folded):
    (W0, b0), (W, b) = new, folded
    return W0 @ W, b0[:, None] * W + b


# %% fold | use return
def put_in_front(new, folded):
    (W0, b0), (W, b) = new, folded
    print(W0 @ W, b0 @ W + b)


# %% floor | The bias is missing
def floor(X, Y):
    W = np.linalg.lstsq(X, Y)[0]
    return np.mean((X @ W - Y) ** 2)


# %% floor | This is the best constant
def floor(X, Y):
    return np.mean((Y - Y.mean(axis=0)) ** 2)


# %% floor | the sum of the squares, not their mean
def floor(X, Y):
    X_ones = np.hstack([X, np.ones((len(X), 1))])
    return np.linalg.lstsq(X_ones, Y)[1].sum()


# %% floor | adds up the two outputs
def floor(X, Y):
    X_ones = np.hstack([X, np.ones((len(X), 1))])
    return np.linalg.lstsq(X_ones, Y)[1].sum() / len(X)


# %% floor | The loss is one number
def floor(X, Y):
    X_ones = np.hstack([X, np.ones((len(X), 1))])
    W = np.linalg.lstsq(X_ones, Y)[0]
    return np.mean((X_ones @ W - Y) ** 2, axis=0)


# %% model-tensorflow | do not transpose
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


# %% model-tensorflow | does not hold the Input
def fold_keras(model):
    return collapse([layer.get_weights() for layer in model.layers[1:]])


# %% model-tensorflow | in reverse order
def fold_keras(model):
    return collapse([layer.get_weights() for layer in model.layers[::-1]])


# %% model-tensorflow | with use_bias=False
def fold_keras(model):
    return collapse([layer.get_weights() for layer in model.layers])


# %% model-tensorflow | Return NumPy arrays
def fold_keras(model):
    return collapse([(m.kernel.value, m.bias.value) for m in model.layers[:1]])


# %% model-tensorflow | three layers of widths 4, 5, 3, 2
def fold_keras(model):
    W1, b1, W2, b2 = model.get_weights()
    return W1 @ W2, b1 @ W2 + b2


# %% model-pytorch | Return NumPy arrays
def fold_torch(model):
    return model[0].weight.detach().T, model[0].bias.detach()


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


# %% model-pytorch | with bias=False
def fold_torch(model):
    with torch.no_grad():
        return collapse([(m.weight.numpy().T, m.bias.numpy()) for m in model])


# %% model-pytorch | W came out transposed
def fold_torch(model):
    with torch.no_grad():
        W, b = collapse([(m.weight.numpy().T, m.bias.numpy()) for m in model])
    return W.T, b


# %% bound | The hidden layer of 3 is the bottleneck
def rank_bound(widths):
    return min(widths[0], widths[-1])


# %% bound | The input counts too
def rank_bound(widths):
    return min(widths[1:])


# %% bound | The output counts too
def rank_bound(widths):
    return min(widths[:-1])


# %% absorb | W or b was changed
def absorb(W, b, mean, std):
    W /= std[:, None]
    return W, b - mean @ W


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


# %% absorb | W does not feel the division
def absorb(W, b, mean, std):
    return W, b - (mean / std) @ W


# %% bend | A bias breaks that, but not the midpoint
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 1000, n_in))
    return np.allclose(f(x + y), f(x) + f(y))


# %% bend | compare with np.allclose and not with ==
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 1000, n_in))
    return np.array_equal(f((x + y) / 2), (f(x) + f(y)) / 2)


# %% bend | draw inputs of both signs
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    x, y = 5 + rng.random(size=(2, 1000, n_in))
    return np.allclose(f((x + y) / 2), (f(x) + f(y)) / 2)


# %% bend | not too loosely
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 1000, n_in))
    difference = f((x + y) / 2) - (f(x) + f(y)) / 2
    return np.abs(difference).max() < 0.85


# %% bend | A rare bend went unnoticed
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 10, n_in))
    return np.allclose(f((x + y) / 2), (f(x) + f(y)) / 2)


# %% bend | Return one True or False
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 1000, n_in))
    return np.isclose(f((x + y) / 2), (f(x) + f(y)) / 2)


# %% bend | f takes a batch
def is_affine(f, n_in, seed=0):
    rng = np.random.default_rng(seed)
    return all(
        np.allclose(f((x + y) / 2), (f(x) + f(y)) / 2)
        for x, y in rng.normal(size=(1000, 2, n_in))
    )
