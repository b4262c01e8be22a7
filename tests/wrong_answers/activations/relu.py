# %% median | The two are exchanged
def larger_smaller(x, y):
    more = relu(x - y)
    return x - more, y + more


# %% median | Negative numbers are lost
def larger_smaller(x, y):
    larger = relu(relu(x) - relu(y)) + relu(y)
    return larger, x + y - larger


# %% median | by how much x is larger
def larger_smaller(x, y):
    return relu(x - y), relu(y - x)


# %% median | The smaller is wrong
def larger_smaller(x, y):
    return y + relu(x - y), relu(y - x)


# %% half-tensorflow | as that of tf.nn.relu
def half_tensorflow(z):
    return tf.nn.relu(z)


# %% half-tensorflow | gives all to its first argument
def half_tensorflow(z):
    return tf.maximum(z, tf.zeros_like(z))


# %% half-tensorflow | stay with TensorFlow's operations
def half_tensorflow(z):
    return tf.constant(np.maximum(z.numpy(), 0))


# %% half-tensorflow | The values are not those of ReLU
def half_tensorflow(z):
    return tf.nn.softplus(z)


# %% half-pytorch | as that of torch.relu
def half_torch(z):
    return torch.relu(z)


# %% half-pytorch | clamp counts the border
def half_torch(z):
    return z.clamp(min=0)


# %% half-pytorch | stay with PyTorch's operations
def half_torch(z):
    return torch.tensor(np.maximum(z.detach().numpy(), 0))


# %% dead | Off for one example is not dead
def dead(X, W, b):
    return np.any(X @ W + b <= 0, axis=0)


# %% dead | The mean says nothing
def dead(X, W, b):
    return np.mean(X @ W + b, axis=0) <= 0


# %% dead | A negative bias is not death
def dead(X, W, b):
    return b < 0


# %% dead | At exactly 0
def dead(X, W, b):
    return np.all(X @ W + b < 0, axis=0)


# %% dead | One answer for each of 5 units
def dead(X, W, b):
    return np.all(X @ W + b <= 0, axis=1)


# %% dead | These are the living
def dead(X, W, b):
    return np.any(X @ W + b > 0, axis=0)


# %% rescale | The bias belongs to the unit
def rescale(W1, b1, W2, c):
    if not np.all(c > 0):
        raise ValueError("positive, please")
    return W1 * c, b1, W2 / c[:, None]


# %% rescale | divide rows
def rescale(W1, b1, W2, c):
    if not np.all(c > 0):
        raise ValueError("positive, please")
    return W1 * c, b1 * c, W2 / c


# %% rescale | A factor of -1.0
def rescale(W1, b1, W2, c):
    return W1 * c, b1 * c, W2 / c[:, None]


# %% rescale | The given arrays were changed
def rescale(W1, b1, W2, c):
    if not np.all(c > 0):
        raise ValueError("positive, please")
    W1 *= c
    b1 *= c
    W2 /= c[:, None]
    return W1, b1, W2


# %% rescale | W2 must make up for it
def rescale(W1, b1, W2, c):
    if not np.all(c > 0):
        raise ValueError("positive, please")
    return W1 * c, b1 * c, W2


# %% silent | not each unit
def silent(A):
    return np.mean(A == 0, axis=0)


# %% silent | These are counts
def silent(A):
    return np.sum(A == 0, axis=1)


# %% silent | the share that is on
def silent(A):
    return np.mean(A > 0, axis=1)


# %% silent | Small is not zero
def silent(A):
    return np.mean(np.isclose(A, 0), axis=1)


# %% repair | Still the same bug
def repaired(z, upstream):
    return np.maximum(upstream, 0)


# %% repair | Negative gradients must pass
def repaired(z, upstream):
    return relu(upstream) * (z > 0)


# %% repair | not z
def repaired(z, upstream):
    return upstream * relu(z)


# %% repair | The slope at 0 is 0
def repaired(z, upstream):
    return upstream * (z >= 0)
