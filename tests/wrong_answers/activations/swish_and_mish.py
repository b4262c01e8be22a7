# %% inverse | the one right of the dip
def inverse_silu(a):
    low, high = np.full(a.shape, -100.0), np.full(a.shape, -1.2784645427610738)
    for _ in range(80):
        middle = (low + high) / 2
        above = silu(middle) > a
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return low


# %% inverse | does the interval reach beyond a
def inverse_silu(a):
    dip = -1.2784645427610738
    low, high = np.full(a.shape, dip), np.full(a.shape, 10.0)
    for _ in range(60):
        middle = (low + high) / 2
        below = silu(middle) < a
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return low


# %% inverse | more steps are needed
def inverse_silu(a):
    z = np.maximum(a, 0.5)
    for _ in range(2):
        p = sigmoid(z)
        z = z - (silu(z) - a) / (p + z * p * (1 - p))
    return z


# %% inverse | SiLU is not the line
def inverse_silu(a):
    return np.where(np.abs(a) < 5, 2 * a, a)


# %% inverse | SiLU is never -0.3
def inverse_silu(a):
    dip = -1.2784645427610738
    low, high = np.full(a.shape, dip), np.maximum(a, 0) + 2
    for _ in range(60):
        middle = (low + high) / 2
        below = silu(middle) < a
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return low


# %% units-tensorflow | sums over all units
def units_tensorflow(z, beta):
    beta = tf.Variable(beta)
    with tf.GradientTape() as tape:
        output = tf.nn.silu(tf.constant(z), beta)
        total = tf.reduce_sum(output)
    return output.numpy(), tape.gradient(total, beta).numpy()


# %% units-tensorflow | beta must be a tf.Variable
def units_tensorflow(z, beta):
    beta = tf.constant(beta)
    with tf.GradientTape() as tape:
        output = z * tf.sigmoid(beta * z)
        total = tf.reduce_sum(output)
    return output.numpy(), tape.gradient(total, beta)


# %% units-tensorflow | beta is not used
def units_tensorflow(z, beta):
    beta = tf.Variable(beta)
    with tf.GradientTape() as tape:
        output = tf.nn.silu(z + 0 * beta)
        total = tf.reduce_sum(output)
    return output.numpy(), tape.gradient(total, beta).numpy()


# %% units-tensorflow | the outer factor is z
def units_tensorflow(z, beta):
    beta = tf.Variable(beta)
    with tf.GradientTape() as tape:
        output = tf.nn.silu(beta * z)
        total = tf.reduce_sum(output)
    return output.numpy(), tape.gradient(total, beta).numpy()


# %% units-tensorflow | sum over the examples
def units_tensorflow(z, beta):
    p = tf.sigmoid(beta * z)
    return (z * p).numpy(), (z**2 * p * (1 - p)).numpy()


# %% units-tensorflow | gradient of the mean
def units_tensorflow(z, beta):
    beta = tf.Variable(beta)
    with tf.GradientTape() as tape:
        output = z * tf.sigmoid(beta * z)
        total = tf.reduce_sum(tf.reduce_mean(output, axis=0))
    return output.numpy(), tape.gradient(total, beta).numpy()


# %% units-pytorch | divide by beta
def units_torch(z, beta):
    z = torch.tensor(z)
    beta = torch.tensor(beta, requires_grad=True)
    output = torch.nn.functional.silu(beta * z)
    output.sum().backward()
    return output.detach().numpy(), beta.grad.numpy()


# %% units-pytorch | The gradient is None
def units_torch(z, beta):
    z, beta = torch.tensor(z), torch.tensor(beta)
    output = z * torch.sigmoid(beta * z)
    return output.numpy(), beta.grad


# %% units-pytorch | gradient of the mean
def units_torch(z, beta):
    z = torch.tensor(z)
    beta = torch.tensor(beta, requires_grad=True)
    output = z * torch.sigmoid(beta * z)
    output.mean(dim=0).sum().backward()
    return output.detach().numpy(), beta.grad.numpy()


# %% units-pytorch | or in float32
def units_torch(z, beta):
    z = torch.tensor(z, dtype=torch.float32)
    beta = torch.tensor(beta, dtype=torch.float32, requires_grad=True)
    output = z * torch.sigmoid(beta * z)
    output.sum().backward()
    return output.detach().numpy(), beta.grad.numpy()


# %% units-pytorch | beta is not used
def units_torch(z, beta):
    z = torch.tensor(z)
    beta = torch.tensor(beta, requires_grad=True)
    output = torch.nn.functional.silu(z + 0 * beta)
    output.sum().backward()
    return output.detach().numpy(), beta.grad.numpy()


# %% fold | The wrong way round
def fold(W1, b1, beta, W2):
    return W1 / beta, b1 / beta, W2 * beta[:, None]


# %% fold | The bias belongs to z too
def fold(W1, b1, beta, W2):
    return W1 * beta, b1, W2 / beta[:, None]


# %% fold | divide W2
def fold(W1, b1, beta, W2):
    return W1 * beta, b1 * beta, W2


# %% fold | divide rows
def fold(W1, b1, beta, W2):
    return W1 * beta, b1 * beta, W2 / beta


# %% fold | A negative beta can be folded too
def fold(W1, b1, beta, W2):
    if not np.all(beta > 0):
        raise ValueError("positive, please")
    return W1 * beta, b1 * beta, W2 / beta[:, None]


# %% fold | beta = 0 cannot be folded
def fold(W1, b1, beta, W2):
    with np.errstate(divide="ignore"):
        return W1 * beta, b1 * beta, W2 / beta[:, None]


# %% dip | This is the left end
def dip(f, d_f):
    low, high = -20.0, 0.0
    for _ in range(60):
        middle = (low + high) / 2
        if d_f(middle) < 0:
            high = middle
        else:
            low = middle
    return min(middle, -20.0 + 1e-9), -f(middle)


# %% dip | This is the right end
def dip(f, d_f):
    low, high = -20.0, 0.0
    for _ in range(60):
        middle = (low + high) / 2
        if f(middle) < 0:
            low = middle
        else:
            high = middle
    return middle, -f(middle)


# %% dip | The depth is positive
def dip(f, d_f):
    low, high = -20.0, 0.0
    for _ in range(60):
        middle = (low + high) / 2
        if d_f(middle) < 0:
            low = middle
        else:
            high = middle
    return middle, f(middle)


# %% dip | hardly change
def dip(f, d_f):
    z = np.linspace(-20, 0, 100_002)
    lowest = z[f(z).argmin()]
    return lowest, -f(lowest)


# %% predict | depth
def predict():
    return {"depth": 1.3925, "mirror": 7.0, "middle": 0.6, "line": -3.0}


# %% predict | mirror
def predict():
    return {"depth": 0.0557, "mirror": 14.0, "middle": 0.6, "line": -3.0}


# %% predict | middle
def predict():
    return {"depth": 0.0557, "mirror": 7.0, "middle": 0.5, "line": -3.0}


# %% predict | line
def predict():
    return {"depth": 0.0557, "mirror": 7.0, "middle": 0.6, "line": 0.0}


# %% repair | inf / inf is NaN
def repaired(z):
    u = np.exp(z)
    return z * (u * (u + 2) / (u * (u + 2) + 2))


# %% repair | 1 + e^z rounds them away
def repaired(z):
    return z * np.tanh(np.log(1 + np.exp(z)))


# %% repair | clip the power
def repaired(z):
    z = np.minimum(z, 30)
    u = np.exp(z)
    return z * ((u * u + 2 * u) / (u * u + 2 * u + 2))


# %% repair | Use powers of
def repaired(z):
    return z * np.tanh(np.log1p(np.exp(z)))


# %% repair | Keep the dtype
def repaired(z):
    return z * np.tanh(np.logaddexp(0, z.astype(float)))
