# %% back | The halves are exchanged
def swiglu_back(z, upstream):
    v, g = np.split(z, 2, axis=-1)
    by_value = g * sigmoid(g)
    by_gate = v * sigmoid(g) * (1 + g * sigmoid(-g))
    return np.concatenate([upstream * by_gate, upstream * by_value], axis=-1)


# %% back | multiply by upstream
def swiglu_back(z, upstream):
    v, g = np.split(z, 2, axis=-1)
    by_value = g * sigmoid(g)
    by_gate = v * sigmoid(g) * (1 + g * sigmoid(-g))
    return np.concatenate([by_value, by_gate], axis=-1)


# %% back | This is GLU
def swiglu_back(z, upstream):
    v, g = np.split(z, 2, axis=-1)
    s = sigmoid(g)
    return np.concatenate([upstream * s, upstream * v * s * (1 - s)], axis=-1)


# %% back | differentiate both factors
def swiglu_back(z, upstream):
    v, g = np.split(z, 2, axis=-1)
    s = sigmoid(g)
    by_gate = v * g * s * (1 - s)
    return np.concatenate([upstream * g * s, upstream * by_gate], axis=-1)


# %% back | The value is missing
def swiglu_back(z, upstream):
    v, g = np.split(z, 2, axis=-1)
    s = sigmoid(g)
    by_gate = s + g * s * (1 - s)
    return np.concatenate([upstream * g * s, upstream * by_gate], axis=-1)


# %% back | A gradient has the shape of its scores
def swiglu_back(z, upstream):
    v, g = np.split(z, 2, axis=-1)
    return upstream * g * sigmoid(g)


# %% first-tensorflow | This splits the batch
def reglu_tensorflow(z):
    g, v = tf.split(z, 2)
    return tf.nn.relu(g) * v


# %% first-tensorflow | The gate is the first half
def reglu_tensorflow(z):
    v, g = tf.split(z, 2, axis=-1)
    return tf.nn.relu(g) * v


# %% first-tensorflow | gates with the sigmoid
def reglu_tensorflow(z):
    g, v = tf.split(z, 2, axis=-1)
    return tf.sigmoid(g) * v


# %% first-tensorflow | not to the product
def reglu_tensorflow(z):
    g, v = tf.split(z, 2, axis=-1)
    return tf.nn.relu(g * v)


# %% first-pytorch | This splits the batch
def reglu_torch(z):
    g, v = z.chunk(2)
    return torch.relu(g) * v


# %% first-pytorch | The gate is the first half
def reglu_torch(z):
    v, g = z.chunk(2, dim=-1)
    return torch.relu(g) * v


# %% first-pytorch | gates with the sigmoid
def reglu_torch(z):
    g, v = z.chunk(2, dim=-1)
    return torch.sigmoid(g) * v


# %% first-pytorch | not to the product
def reglu_torch(z):
    g, v = z.chunk(2, dim=-1)
    return torch.relu(g * v)


# %% width | The 2/3 rule
def fair_width(n_in, h, n_out):
    return 2 * h // 3


# %% width | the gated layer has two halves
def fair_width(n_in, h, n_out):
    return h


# %% width | Where are the biases
def fair_width(n_in, h, n_out):
    return h * (n_in + n_out) // (2 * n_in + n_out)


# %% width | Round down
def fair_width(n_in, h, n_out):
    return -(-h * (n_in + 1 + n_out) // (2 * (n_in + 1) + n_out))


# %% width | A width is an integer
def fair_width(n_in, h, n_out):
    return h * (n_in + 1 + n_out) / (2 * (n_in + 1) + n_out)


# %% track | The two tracks are exchanged
def track():
    W = np.array([[1.0, 1, 0, 0], [0, 0, -100, 100]])
    return W, np.array([0.0, 0, 50, -50])


# %% track | it needs a bias
def track():
    W = np.array([[1.0, 1, 0, 0], [0, 0, 100, -100]])
    return W, np.zeros(4)


# %% track | The gates leak
def track():
    W = np.array([[1.0, 1, 0, 0], [0, 0, 20, -20]])
    return W, np.array([0.0, 0, -10, 10])


# %% track | two values, two gate scores
def track():
    return np.array([[1.0, 0], [0, 100]]), np.array([0.0, -50])


# %% repair | Still the same bug
def repaired(z):
    v, g = np.split(z, 2, axis=0)
    return v * sigmoid(g)


# %% repair | Every second score
def repaired(z):
    return z[:, ::2] * sigmoid(z[:, 1::2])


# %% repair | The second half is the gate
def repaired(z):
    g, v = np.split(z, 2, axis=-1)
    return v * sigmoid(g)


# %% repair | The message must say
def repaired(z):
    v, g = np.split(z, 2, axis=-1)
    return v * sigmoid(g)


# %% repair | Three scores cannot be split
def repaired(z):
    k = z.shape[-1] // 2
    return z[:, :k] * sigmoid(z[:, k : 2 * k])
