# %% layer | one row per example, one column per neuron
def layer(X, W, b, phi):
    if b.shape != (W.shape[1],):
        raise ValueError(f"b has shape {b.shape}")
    return phi(X @ W + b).sum(axis=1)


# %% layer | use return, not print
def layer(X, W, b, phi):
    print(phi(X @ W + b))


# %% layer | The activation phi was not applied
def layer(X, W, b, phi):
    return X @ W + b


# %% layer | The bias b is missing
def layer(X, W, b, phi):
    return phi(X @ W)


# %% layer | The bias is added before the activation
def layer(X, W, b, phi):
    return phi(X @ W) + b


# %% layer | The bias is added, not subtracted
def layer(X, W, b, phi):
    return phi(X @ W - b)


# %% layer | Use the activation phi that the caller gives
def layer(X, W, b, phi):
    return np.maximum(X @ W + b, 0)


# %% layer | This multiplies by the transpose of W
def layer(X, W, b, phi):
    V = W.T if W.shape[0] == W.shape[1] else W
    return phi(X @ V + b)


# %% layer | A bias of the right shape was refused
def layer(X, W, b, phi):
    if b.shape != (W.shape[0],):
        raise ValueError(f"b has shape {b.shape}")
    return phi(X @ W + b)


# %% layer | compare b.shape with the tuple (n_out,)
def layer(X, W, b, phi):
    if b.shape != W.shape[1]:
        raise ValueError(f"b has shape {b.shape}")
    return phi(X @ W + b)


# %% layer | must be refused
def layer(X, W, b, phi):
    return phi(X @ W + b)


# %% layer | A bias of shape (1,) must be refused
def layer(X, W, b, phi):
    if b.ndim != 1:
        raise ValueError(f"b has shape {b.shape}")
    return phi(X @ W + b)


# %% layer | is the f before the string missing?
def layer(X, W, b, phi):
    if b.shape != (W.shape[1],):
        raise ValueError("b has shape {b.shape}")
    return phi(X @ W + b)


# %% layer | Raise a ValueError, not AssertionError
def layer(X, W, b, phi):
    assert b.shape == (W.shape[1],)
    return phi(X @ W + b)


# %% shapes | three widths make two layers
def shapes(n, widths):
    result = {"X": (n, widths[0])}
    for k, width in enumerate(widths, start=1):
        result[f"W{k}"] = (widths[k - 2], width)
        result[f"b{k}"] = (width,)
        result[f"A{k}"] = (n, width)
    return result


# %% shapes | This is PyTorch's layout
def shapes(n, widths):
    result = {"X": (n, widths[0])}
    for k in range(1, len(widths)):
        result[f"W{k}"] = (widths[k], widths[k - 1])
        result[f"b{k}"] = (widths[k],)
        result[f"A{k}"] = (n, widths[k])
    return result


# %% shapes | one number per unit
def shapes(n, widths):
    result = {"X": (n, widths[0])}
    for k in range(1, len(widths)):
        result[f"W{k}"] = (widths[k - 1], widths[k])
        result[f"b{k}"] = (n, widths[k])
        result[f"A{k}"] = (n, widths[k])
    return result


# %% shapes | not from the inputs
def shapes(n, widths):
    result = {"X": (n, widths[0])}
    for k in range(1, len(widths)):
        result[f"W{k}"] = (widths[0], widths[k])
        result[f"b{k}"] = (widths[k],)
        result[f"A{k}"] = (n, widths[k])
    return result


# %% shapes | The batch size passes through every layer
def shapes(n, widths):
    result = {"X": (n, widths[0])}
    for k in range(1, len(widths)):
        result[f"W{k}"] = (widths[k - 1], widths[k])
        result[f"b{k}"] = (widths[k],)
        result[f"A{k}"] = (widths[k],)
    return result


# %% shapes | needs the comma
def shapes(n, widths):
    result = {"X": (n, widths[0])}
    for k in range(1, len(widths)):
        result[f"W{k}"] = (widths[k - 1], widths[k])
        result[f"b{k}"] = widths[k]
        result[f"A{k}"] = (n, widths[k])
    return result


# %% shapes | for another batch and another depth
def shapes(n, widths):
    result = {"X": (32, widths[0])}
    for k in range(1, len(widths)):
        result[f"W{k}"] = (widths[k - 1], widths[k])
        result[f"b{k}"] = (widths[k],)
        result[f"A{k}"] = (32, widths[k])
    return result


# %% count | add the biases
def count(widths):
    pairs = zip(widths[:-1], widths[1:], strict=True)
    return sum(n_in * n_out for n_in, n_out in pairs)


# %% count | The inputs have no bias
def count(widths):
    pairs = zip(widths[:-1], widths[1:], strict=True)
    return sum(n_in * n_out for n_in, n_out in pairs) + sum(widths)


# %% count | not one per input
def count(widths):
    pairs = zip(widths[:-1], widths[1:], strict=True)
    return sum(n_in * (n_out + 1) for n_in, n_out in pairs)


# %% count | is return inside the loop?
def count(widths):
    for n_in, n_out in zip(widths[:-1], widths[1:], strict=True):
        return (n_in + 1) * n_out


# %% count | add up all layers
def count(widths):
    for n_in, n_out in zip(widths[:-1], widths[1:], strict=True):
        total = (n_in + 1) * n_out
    return total


# %% count | not one per layer
def count(widths):
    pairs = zip(widths[:-1], widths[1:], strict=True)
    return sum(n_in * n_out + 1 for n_in, n_out in pairs)


# %% count | The chapter counts 235146
def count(widths):
    return 26


# %% load-tensorflow | do not transpose
def keras_layer(W, b):
    dense = keras.layers.Dense(W.shape[1], dtype="float64")
    dense.build((None, W.shape[0]))
    dense.set_weights([W.T, b])
    return dense


# %% load-tensorflow | call dense.build
def keras_layer(W, b):
    return keras.layers.Dense(W.shape[1], dtype="float64")


# %% load-tensorflow | float32 unless told otherwise
def keras_layer(W, b):
    dense = keras.layers.Dense(W.shape[1])
    dense.build((None, W.shape[0]))
    dense.set_weights([W, b])
    return dense


# %% load-tensorflow | The weights were not loaded
def keras_layer(W, b):
    dense = keras.layers.Dense(W.shape[1], dtype="float64")
    dense.build((None, W.shape[0]))
    return dense


# %% load-tensorflow | The bias was not loaded
def keras_layer(W, b):
    dense = keras.layers.Dense(W.shape[1], dtype="float64")
    dense.build((None, W.shape[0]))
    dense.kernel.assign(W)
    return dense


# %% load-tensorflow | no activation was asked for
def keras_layer(W, b):
    dense = keras.layers.Dense(W.shape[1], "relu", dtype="float64")
    dense.build((None, W.shape[0]))
    dense.set_weights([W, b])
    return dense


# %% load-tensorflow | are n_in and n_out swapped?
def keras_layer(W, b):
    dense = keras.layers.Dense(W.shape[0], dtype="float64")
    dense.build((None, W.shape[1]))
    dense.set_weights([W, b])
    return dense


# %% load-pytorch | load the transpose
def torch_layer(W, b):
    linear = torch.nn.Linear(*W.shape, dtype=torch.float64)
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(W))
        linear.bias.copy_(torch.from_numpy(b))
    return linear


# %% load-pytorch | float32 unless told otherwise
def torch_layer(W, b):
    linear = torch.nn.Linear(*W.shape)
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(W.T))
        linear.bias.copy_(torch.from_numpy(b))
    return linear


# %% load-pytorch | The bias was not loaded
def torch_layer(W, b):
    linear = torch.nn.Linear(*W.shape, dtype=torch.float64)
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(W.T))
    return linear


# %% load-pytorch | The weights were not loaded
def torch_layer(W, b):
    return torch.nn.Linear(*W.shape, dtype=torch.float64)


# %% load-pytorch | are n_in and n_out swapped?
def torch_layer(W, b):
    linear = torch.nn.Linear(*W.T.shape, dtype=torch.float64)
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(W.T))
        linear.bias.copy_(torch.from_numpy(b))
    return linear


# %% tolerance | measures against the result
def tolerance(X, W):
    u = np.finfo(X.dtype).eps / 2
    return 2 * X.shape[1] * u * np.abs(X @ W)


# %% tolerance | the u of float64
def tolerance(X, W):
    u = np.finfo(float).eps / 2
    return 2 * X.shape[1] * u * (np.abs(X) @ np.abs(W))


# %% tolerance | not the batch size
def tolerance(X, W):
    u = np.finfo(X.dtype).eps / 2
    return 2 * len(X) * u * (np.abs(X) @ np.abs(W))


# %% tolerance | two results may differ by twice that
def tolerance(X, W):
    u = np.finfo(X.dtype).eps / 2
    return X.shape[1] * u * (np.abs(X) @ np.abs(W))


# %% tolerance | u is half of eps
def tolerance(X, W):
    u = np.finfo(X.dtype).eps
    return 2 * X.shape[1] * u * (np.abs(X) @ np.abs(W))


# %% tolerance | one tolerance for every entry
def tolerance(X, W):
    u = np.finfo(X.dtype).eps / 2
    return 2 * X.shape[1] * u * np.max(np.abs(X) @ np.abs(W))


# %% repair | Equal examples still get different outputs
def repaired(X, layers):
    A = X
    for W, b, phi in layers:
        A = phi(A @ W + b[:, None])
    return A


# %% repair | The biases were lost
def repaired(X, layers):
    A = X
    for W, _, phi in layers:
        A = phi(A @ W)
    return A


# %% repair | layer after layer
def repaired(X, layers):
    for W, b, phi in layers:
        A = phi(X @ W + b)
    return A


# %% repair | Three examples, three outputs
def repaired(X, layers):
    A = X
    for W, b, phi in layers:
        A = phi(A @ W + b)
    return A[0]


# %% repair | seven different examples
def repaired(X, layers):
    A = X[:1]
    for W, b, phi in layers:
        A = phi(A @ W + b)
    return np.repeat(A, len(X), axis=0)
