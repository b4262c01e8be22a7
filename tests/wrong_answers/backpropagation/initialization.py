# %% spread | This is the variance
def spread(recipe, n_in, n_out):
    v = {
        "lecun": 1 / n_in,
        "glorot": 2 / (n_in + n_out),
        "he": 2 / n_in,
        "pytorch": 1 / (3 * n_in),
    }[recipe]
    return v, np.sqrt(3) * v


# %% spread | divides by the mean of n_in and n_out
def spread(recipe, n_in, n_out):
    v = {
        "lecun": 1 / n_in,
        "glorot": 1 / (n_in + n_out),
        "he": 2 / n_in,
        "pytorch": 1 / (3 * n_in),
    }[recipe]
    return np.sqrt(v), np.sqrt(3 * v)


# %% spread | has variance s² / 3
def spread(recipe, n_in, n_out):
    v = {
        "lecun": 1 / n_in,
        "glorot": 2 / (n_in + n_out),
        "he": 2 / n_in,
        "pytorch": 1 / (3 * n_in),
    }[recipe]
    return np.sqrt(v), np.sqrt(v)


# %% spread | counts the inputs of the layer, not its units
def spread(recipe, n_in, n_out):
    v = {
        "lecun": 1 / n_out,
        "glorot": 2 / (n_in + n_out),
        "he": 2 / n_out,
        "pytorch": 1 / (3 * n_in),
    }[recipe]
    return np.sqrt(v), np.sqrt(3 * v)


# %% spread | is the limit, not the deviation
def spread(recipe, n_in, n_out):
    v = {
        "lecun": 1 / n_in,
        "glorot": 2 / (n_in + n_out),
        "he": 2 / n_in,
        "pytorch": 1 / n_in,
    }[recipe]
    return np.sqrt(v), np.sqrt(3 * v)


# %% gain | take the root
def keeping_gain(f):
    return 1 / (masses @ f(nodes) ** 2)


# %% gain | must make up for it
def keeping_gain(f):
    return np.sqrt(masses @ f(nodes) ** 2)


# %% gain | mean included
def keeping_gain(f):
    a = f(nodes)
    return 1 / np.sqrt(masses @ a**2 - (masses @ a) ** 2)


# %% gain | The gain for tanh is wrong
def keeping_gain(f):
    return 1 / np.sqrt(abs(masses @ (nodes * f(nodes))))


# %% back-tensorflow | This counts the inputs
def keras_layer(n_out):
    return keras.layers.Dense(n_out, kernel_initializer="he_normal")


# %% back-tensorflow | The tails are cut off
def keras_layer(n_out):
    draw = keras.initializers.VarianceScaling(2.0, mode="fan_out")
    return keras.layers.Dense(n_out, kernel_initializer=draw)


# %% back-tensorflow | ReLU stops half of the gradient
def keras_layer(n_out):
    draw = keras.initializers.VarianceScaling(
        1.0, mode="fan_out", distribution="untruncated_normal"
    )
    return keras.layers.Dense(n_out, kernel_initializer=draw)


# %% back-tensorflow | The biases are to be zero
def keras_layer(n_out):
    draw = keras.initializers.VarianceScaling(
        2.0, mode="fan_out", distribution="untruncated_normal"
    )
    return keras.layers.Dense(
        n_out, kernel_initializer=draw, bias_initializer="random_normal"
    )


# %% back-tensorflow | Keep the biases
def keras_layer(n_out):
    draw = keras.initializers.VarianceScaling(
        2.0, mode="fan_out", distribution="untruncated_normal"
    )
    return keras.layers.Dense(n_out, kernel_initializer=draw, use_bias=False)


# %% back-pytorch | PyTorch draws them
def torch_layer(n_in, n_out):
    layer = torch.nn.Linear(n_in, n_out)
    init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
    return layer


# %% back-pytorch | This counts the inputs
def torch_layer(n_in, n_out):
    layer = torch.nn.Linear(n_in, n_out)
    init.kaiming_normal_(layer.weight, nonlinearity="relu")
    init.zeros_(layer.bias)
    return layer


# %% back-pytorch | ReLU stops half of the gradient
def torch_layer(n_in, n_out):
    layer = torch.nn.Linear(n_in, n_out)
    init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="linear")
    init.zeros_(layer.bias)
    return layer


# %% back-pytorch | the weights are uniform
def torch_layer(n_in, n_out):
    layer = torch.nn.Linear(n_in, n_out)
    init.kaiming_uniform_(layer.weight, mode="fan_out", nonlinearity="relu")
    init.zeros_(layer.bias)
    return layer


# %% back-pytorch | Keep the biases
def torch_layer(n_in, n_out):
    layer = torch.nn.Linear(n_in, n_out, bias=False)
    init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
    return layer


# %% predict | the rows differ
def differ():
    return {
        "W1 random, W2 zero": True,
        "W1 zero, W2 random": False,
        "W1 zero, W2 zero": False,
        "W1 and W2 all 0.1": False,
        "W1 and W2 all 0.1, b1 random": True,
    }


# %% predict | Units that start with different weights
def differ():
    return {
        "W1 random, W2 zero": False,
        "W1 zero, W2 random": True,
        "W1 zero, W2 zero": False,
        "W1 and W2 all 0.1": False,
        "W1 and W2 all 0.1, b1 random": True,
    }


# %% predict | get equal gradients
def differ():
    return {
        "W1 random, W2 zero": True,
        "W1 zero, W2 random": True,
        "W1 zero, W2 zero": False,
        "W1 and W2 all 0.1": True,
        "W1 and W2 all 0.1, b1 random": True,
    }


# %% predict | they break the symmetry too
def differ():
    return {
        "W1 random, W2 zero": True,
        "W1 zero, W2 random": True,
        "W1 zero, W2 zero": False,
        "W1 and W2 all 0.1": False,
        "W1 and W2 all 0.1, b1 random": False,
    }


# %% translate | its factor is 2
def to_sigmoid(W, b):
    V = [4 * w for w in W]
    return V, [2 * c - v.sum(axis=0) / 2 for v, c in zip(V, b, strict=True)]


# %% translate | the last factor is 2
def to_sigmoid(W, b):
    V = [2 * W[0], *(4 * w for w in W[1:])]
    c = [2 * b[0]]
    for v, shift in zip(V[1:], b[1:], strict=True):
        c.append(2 * shift - v.sum(axis=0) / 2)
    return V, c


# %% translate | needs no centering
def to_sigmoid(W, b):
    V = [2 * W[0], *(4 * w for w in W[1:-1]), 2 * W[-1]]
    return V, [2 * c - v.sum(axis=0) / 2 for v, c in zip(V, b, strict=True)]


# %% translate | Center with the new weights
def to_sigmoid(W, b):
    V = [2 * W[0], *(4 * w for w in W[1:-1]), 2 * W[-1]]
    c = [2 * b[0]]
    for w, shift in zip(W[1:], b[1:], strict=True):
        c.append(2 * shift - w.sum(axis=0) / 2)
    return V, c


# %% translate | the bias of a hidden layer doubles
def to_sigmoid(W, b):
    V = [2 * W[0], *(4 * w for w in W[1:-1]), 2 * W[-1]]
    c = [b[0]]
    for v, shift in zip(V[1:], b[1:], strict=True):
        c.append(shift - v.sum(axis=0) / 2)
    return V, c


# %% translate | are lost
def to_sigmoid(W, b):
    V = [2 * W[0], *(4 * w for w in W[1:-1]), 2 * W[-1]]
    return V, [0 * b[0], *(-v.sum(axis=0) / 2 for v in V[1:])]


# %% translate | the last bias is not doubled
def to_sigmoid(W, b):
    V = [2 * W[0], *(4 * w for w in W[1:-1]), 2 * W[-1]]
    c = [2 * b[0]]
    for v, shift in zip(V[1:], b[1:], strict=True):
        c.append(2 * shift - v.sum(axis=0) / 2)
    return V, c


# %% repair | PyTorch reads the last axis as the inputs
def repaired(n_in, n_out):
    return broken(n_in, n_out)


# %% repair | transpose at last
def repaired(n_in, n_out):
    W = torch.empty(n_out, n_in)
    init.kaiming_normal_(W, nonlinearity="relu")
    return W.numpy()


# %% repair | of LeCun
def repaired(n_in, n_out):
    W = torch.empty(n_out, n_in)
    init.kaiming_normal_(W, nonlinearity="linear")
    return W.numpy().T


# %% repair | are to be normal
def repaired(n_in, n_out):
    W = torch.empty(n_out, n_in)
    init.kaiming_uniform_(W, nonlinearity="relu")
    return W.numpy().T
