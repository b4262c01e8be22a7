# %% neuron | add up the products w_i x_i
def neuron(x, w, b, phi):
    return phi(w * x + b)


# %% neuron | The bias b is missing
def neuron(x, w, b, phi):
    return phi(w @ x)


# %% neuron | The bias is added before the activation
def neuron(x, w, b, phi):
    return phi(w @ x) + b


# %% neuron | The bias is added, not subtracted
def neuron(x, w, b, phi):
    return phi(w @ x - b)


# %% neuron | Use the activation phi that the caller gives
def neuron(x, w, b, phi):
    return max(w @ x + b, 0.0)


# %% neuron | for other inputs than those of the example
def neuron(x, w, b, phi):
    return {0.75: 0.25, -0.75: phi(-1.25)}.get(b, 0.0)


# %% layer | one row per example, one column per neuron
def layer(X, W, b, phi):
    return phi(X @ W + b).sum(axis=1)


# %% layer | multiplies by the transpose of W
def layer(X, W, b, phi):
    return phi(X @ W.T + b)


# %% layer | The bias b is missing
def layer(X, W, b, phi):
    return phi(X @ W)


# %% layer | the bias belongs to columns
def layer(X, W, b, phi):
    return phi(X @ W + b[:, None])


# %% layer | must be refused
def layer(X, W, b, phi):
    return phi(X @ W + b)


# %% layer | must name the shape that was given
def layer(X, W, b, phi):
    if b.ndim != 1:
        raise ValueError("wrong bias")
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


# %% count | Sum over all layers
def count(widths):
    return 13


# %% load-tensorflow | do not transpose
def keras_layer(W, b):
    dense = keras.layers.Dense(W.shape[1], dtype="float64")
    dense.build((None, W.shape[0]))
    dense.set_weights([W.T, b])
    return dense


# %% load-tensorflow | float32 unless told otherwise
def keras_layer(W, b):
    dense = keras.layers.Dense(W.shape[1])
    dense.build((None, W.shape[0]))
    dense.set_weights([W, b])
    return dense


# %% load-tensorflow | The bias was not loaded
def keras_layer(W, b):
    dense = keras.layers.Dense(W.shape[1], dtype="float64")
    dense.build((None, W.shape[0]))
    dense.kernel.assign(W)
    return dense


# %% load-tensorflow | The output is not X @ W + b
def keras_layer(W, b):
    dense = keras.layers.Dense(W.shape[1], "relu", dtype="float64")
    dense.build((None, W.shape[0]))
    dense.set_weights([-W, b])
    return dense


# %% load-pytorch | copy the transpose
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


# %% load-pytorch | the bias was not loaded
def torch_layer(W, b):
    linear = torch.nn.Linear(*W.shape, dtype=torch.float64)
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(W.T))
    return linear


# %% load-pytorch | The output is not X @ W + b
def torch_layer(W, b):
    return torch.nn.Linear(*W.shape, dtype=torch.float64)


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
