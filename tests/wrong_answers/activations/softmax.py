# %% backward | the diagonal of J only
def backward(p, g):
    return g * p * (1 - p)


# %% backward | not over the examples
def backward(p, g):
    return p * (g - (g * p).sum(axis=0))


# %% backward | axis=-1, keepdims=True
def backward(p, g):
    return p * (g - (g * p).sum())


# %% backward | misses a factor
def backward(p, g):
    return p * (g - g.sum(axis=-1, keepdims=True))


# %% backward | The sign is wrong
def backward(p, g):
    return p * ((g * p).sum(axis=-1, keepdims=True) - g)


# %% backward | Do not build the Jacobian
def backward(p, g):
    n, n_out = p.shape
    J = -p[:, :, None] * p[:, None, :]
    J[:, np.arange(n_out), np.arange(n_out)] += p
    return (g[:, None, :] @ J)[:, 0]


# %% warmer | The sign is wrong
def warmer(z, T):
    p = softmax(z / T)
    return p * (z - (p * z).sum()) / T**2


# %% warmer | A factor is missing
def warmer(z, T):
    p = softmax(z / T)
    return p * ((p * z).sum() - z)


# %% warmer | the diagonal of J only
def warmer(z, T):
    p = softmax(z / T)
    return -p * (1 - p) * z / T**2


# %% warmer | those at T = 1
def warmer(z, T):
    p = softmax(z)
    return p * ((p * z).sum() - z) / T**2


# %% warmer | weighted by p
def warmer(z, T):
    return softmax(z / T) * (z.mean() - z) / T**2


# %% truth-tensorflow | the logarithm is asked for
def truth_tensorflow(z, y):
    z = tf.Variable(z)
    with tf.GradientTape() as tape:
        true = tf.one_hot(y, z.shape[1], dtype=z.dtype)
        p = tf.reduce_sum(true * tf.nn.softmax(z), axis=1)
        mean = tf.reduce_mean(tf.math.log(p))
    return p.numpy(), tape.gradient(mean, z).numpy()


# %% truth-tensorflow | softmax over the wrong axis
def truth_tensorflow(z, y):
    z = tf.Variable(z)
    with tf.GradientTape() as tape:
        true = tf.one_hot(y, z.shape[1], dtype=z.dtype)
        logs = tf.reduce_sum(true * tf.nn.log_softmax(z, axis=0), axis=1)
        mean = tf.reduce_mean(logs)
    return logs.numpy(), tape.gradient(mean, z).numpy()


# %% truth-tensorflow | The gradient is None
def truth_tensorflow(z, y):
    z = tf.constant(z)
    with tf.GradientTape() as tape:
        true = tf.one_hot(y, z.shape[1], dtype=z.dtype)
        logs = tf.reduce_sum(true * tf.nn.log_softmax(z), axis=1)
        mean = tf.reduce_mean(logs)
    return logs.numpy(), tape.gradient(mean, z)


# %% truth-tensorflow | the gradient of the sum
def truth_tensorflow(z, y):
    z = tf.Variable(z)
    with tf.GradientTape() as tape:
        true = tf.one_hot(y, z.shape[1], dtype=z.dtype)
        logs = tf.reduce_sum(true * tf.nn.log_softmax(z), axis=1)
    return logs.numpy(), tape.gradient(logs, z).numpy()


# %% truth-tensorflow | take log-softmax, not the log of softmax
def truth_tensorflow(z, y):
    z = tf.Variable(z)
    with tf.GradientTape() as tape:
        p = tf.gather(tf.nn.softmax(z), y, batch_dims=1)
        logs = tf.math.log(p)
        mean = tf.reduce_mean(logs)
    return logs.numpy(), tape.gradient(mean, z).numpy()


# %% truth-pytorch | pick the true classes
def truth_torch(z, y):
    z = torch.tensor(z, requires_grad=True)
    logs = torch.log_softmax(z, dim=1).max(dim=1).values
    logs.mean().backward()
    return logs.detach().numpy(), z.grad.numpy()


# %% truth-pytorch | softmax over the wrong axis
def truth_torch(z, y):
    z = torch.tensor(z, requires_grad=True)
    logs = torch.log_softmax(z, dim=0)[torch.arange(len(z)), torch.tensor(y)]
    logs.mean().backward()
    return logs.detach().numpy(), z.grad.numpy()


# %% truth-pytorch | One logarithm for each example
def truth_torch(z, y):
    z = torch.tensor(z, requires_grad=True)
    logs = torch.log_softmax(z, dim=1)[:, torch.tensor(y)]
    logs.mean().backward()
    return logs.detach().numpy(), z.grad.numpy()


# %% truth-pytorch | the gradient of the sum
def truth_torch(z, y):
    z = torch.tensor(z, requires_grad=True)
    logs = torch.log_softmax(z, dim=1)[torch.arange(len(z)), torch.tensor(y)]
    logs.sum().backward()
    return logs.detach().numpy(), z.grad.numpy()


# %% truth-pytorch | take log-softmax, not the log of softmax
def truth_torch(z, y):
    z = torch.tensor(z, requires_grad=True)
    p = torch.softmax(z, dim=1)[torch.arange(len(z)), torch.tensor(y)]
    logs = p.log()
    logs.mean().backward()
    return logs.detach().numpy(), z.grad.numpy()


# %% calibrate | of the true classes, not of the winners
def calibrate(z, y, temperatures):
    means = [log_softmax(z / T).max(axis=1).mean() for T in temperatures]
    return temperatures[np.argmax(means)]


# %% calibrate | largest mean, not the smallest
def calibrate(z, y, temperatures):
    rows = np.arange(len(y))
    means = [log_softmax(z / T)[rows, y].mean() for T in temperatures]
    return temperatures[np.argmin(means)]


# %% calibrate | of logarithms, not of probabilities
def calibrate(z, y, temperatures):
    rows = np.arange(len(y))
    means = [softmax(z / T)[rows, y].mean() for T in temperatures]
    return temperatures[np.argmax(means)]


# %% calibrate | do not multiply
def calibrate(z, y, temperatures):
    rows = np.arange(len(y))
    means = [log_softmax(z * T)[rows, y].mean() for T in temperatures]
    return temperatures[np.argmax(means)]


# %% calibrate | not its place
def calibrate(z, y, temperatures):
    rows = np.arange(len(y))
    means = [log_softmax(z / T)[rows, y].mean() for T in temperatures]
    return np.argmax(means)


# %% calibrate | take log-softmax
def calibrate(z, y, temperatures):
    rows = np.arange(len(y))
    means = [np.log(softmax(z / T))[rows, y].mean() for T in temperatures]
    return temperatures[np.argmax(means)]


# %% predict | shift
def predict():
    return {
        "shift": 7.3, "own": 0.21, "other": -0.1, "ruled_out": 0.6,
        "colder": 6.25,
    }  # fmt: skip


# %% predict | other
def predict():
    return {
        "shift": 0.3, "own": 0.21, "other": 0.1, "ruled_out": 0.6,
        "colder": 6.25,
    }  # fmt: skip


# %% predict | ruled_out
def predict():
    return {
        "shift": 0.3, "own": 0.21, "other": -0.1, "ruled_out": 0.55,
        "colder": 6.25,
    }  # fmt: skip


# %% predict | colder
def predict():
    return {
        "shift": 0.3, "own": 0.21, "other": -0.1, "ruled_out": 0.6,
        "colder": 5.0,
    }  # fmt: skip


# %% repair | each row needs its own maximum
def repaired(z):
    e = np.exp(z - z.max())
    return e / e.sum(axis=-1, keepdims=True)


# %% repair | subtract the maximum
def repaired(z):
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


# %% repair | not over the rows
def repaired(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=-1, keepdims=True)


# %% repair | no other number
def repaired(z):
    e = np.exp(z - z.mean(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% repair | sum each row for itself
def repaired(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum()


# %% repair | softmax over the wrong axis
def repaired(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)
