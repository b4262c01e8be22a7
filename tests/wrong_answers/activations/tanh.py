# %% artanh | half the logarithm
def artanh(a):
    return np.log1p(a) - np.log1p(-a)


# %% artanh | The sign is wrong
def artanh(a):
    return np.log((1 - a) / (1 + a)) / 2


# %% artanh | This is one divided by tanh
def artanh(a):
    return 1 / np.tanh(a)


# %% artanh | use log1p
def artanh(a):
    return np.log((1 + a) / (1 - a)) / 2


# %% artanh | tanh never returns
def artanh(a):
    with np.errstate(all="ignore"):
        return (np.log1p(a) - np.log1p(-a)) / 2


# %% rewrite | This is the way from sigmoid to tanh
def to_sigmoid(layers):
    (W1, b1), (W2, b2) = layers
    return [(W1 / 2, b1 / 2), (W2 / 2, b2 + W2.sum(axis=0) / 2)]


# %% rewrite | multiplies the bias too
def to_sigmoid(layers):
    (W1, b1), (W2, b2) = layers
    return [(2 * W1, b1), (2 * W2, b2 - W2.sum(axis=0))]


# %% rewrite | The -1 of each hidden unit is lost
def to_sigmoid(layers):
    (W1, b1), (W2, b2) = layers
    return [(2 * W1, 2 * b1), (2 * W2, b2)]


# %% rewrite | a 2 from each side
def to_sigmoid(layers):
    (W, b), *rest = layers
    return [(2 * W, 2 * b)] + [(2 * W, b - W.sum(axis=0)) for W, b in rest]


# %% rewrite | is the shift doubled with the bias
def to_sigmoid(layers):
    (W, b), *middle, (W_last, b_last) = layers
    found = [(2 * W, 2 * b)]
    found += [(4 * W, 2 * b - W.sum(axis=0)) for W, b in middle]
    return [*found, (2 * W_last, b_last - W_last.sum(axis=0))]


# %% rewrite | The given arrays were changed
def to_sigmoid(layers):
    for number, (W, b) in enumerate(layers):
        if number > 0:
            b -= W.sum(axis=0)
            W *= 2
        if number < len(layers) - 1:
            W *= 2
            b *= 2
    return layers


# %% bounded-tensorflow | half of high - low, around the middle
def bounded_tensorflow(z, low, high):
    z = tf.constant(z)
    with tf.GradientTape() as tape:
        tape.watch(z)
        value = low + (high - low) * tf.tanh(z)
    return value.numpy(), tape.gradient(value, z).numpy()


# %% bounded-tensorflow | divide z by it
def bounded_tensorflow(z, low, high):
    z, half = tf.constant(z), (high - low) / 2
    with tf.GradientTape() as tape:
        tape.watch(z)
        value = low + half + half * tf.tanh(z)
    return value.numpy(), tape.gradient(value, z).numpy()


# %% bounded-tensorflow | The gradient is None
def bounded_tensorflow(z, low, high):
    z, half = tf.constant(z), (high - low) / 2
    with tf.GradientTape() as tape:
        value = low + half + half * tf.tanh(z / half)
    return value.numpy(), tape.gradient(value, z)


# %% bounded-tensorflow | Only some digits
def bounded_tensorflow(z, low, high):
    z, half = tf.constant(z, tf.float32), (high - low) / 2
    with tf.GradientTape() as tape:
        tape.watch(z)
        value = low + half + half * tf.tanh(z / half)
    return value.numpy(), tape.gradient(value, z).numpy()


# %% bounded-pytorch | half of high - low, around the middle
def bounded_torch(z, low, high):
    z = torch.tensor(z, requires_grad=True)
    value = low + (high - low) * torch.tanh(z)
    value.sum().backward()
    return value.detach().numpy(), z.grad.numpy()


# %% bounded-pytorch | divide z by it
def bounded_torch(z, low, high):
    z, half = torch.tensor(z, requires_grad=True), (high - low) / 2
    value = low + half + half * torch.tanh(z)
    value.sum().backward()
    return value.detach().numpy(), z.grad.numpy()


# %% bounded-pytorch | The gradient is None
def bounded_torch(z, low, high):
    z, half = torch.tensor(z, requires_grad=True), (high - low) / 2
    value = low + half + half * torch.tanh(z / half)
    return value.detach().numpy(), z.grad


# %% bounded-pytorch | Only some digits
def bounded_torch(z, low, high):
    z, half = torch.tensor(z).float().requires_grad_(), (high - low) / 2
    value = low + half + half * torch.tanh(z / half)
    value.sum().backward()
    return value.detach().numpy(), z.grad.numpy()


# %% crossing | so a is the root of 1 - slope
def flat_from(slope, c=1.0, s=1.0):
    return np.arctanh(slope)


# %% crossing | Take the root
def flat_from(slope, c=1.0, s=1.0):
    return np.arctanh(1 - slope / (c * s)) / s


# %% crossing | c is not used
def flat_from(slope, c=1.0, s=1.0):
    return np.arctanh(np.sqrt(1 - slope / s)) / s


# %% crossing | the inner factor counts too
def flat_from(slope, c=1.0, s=1.0):
    return np.arctanh(np.sqrt(1 - slope / c)) / s


# %% crossing | divide by s
def flat_from(slope, c=1.0, s=1.0):
    return np.arctanh(np.sqrt(1 - slope / (c * s)))


# %% crossing | Nowhere steeper
def flat_from(slope, c=1.0, s=1.0):
    return np.arctanh(np.sqrt(1 - slope / (c * s))) / s


# %% predict | slope
def predict():
    return {"slope": 0.24, "sigmoid": 0.8, "stretched": 0.5, "odds": 0.5}


# %% predict | sigmoid
def predict():
    return {"slope": 0.64, "sigmoid": 0.9, "stretched": 0.5, "odds": 0.5}


# %% predict | stretched
def predict():
    return {"slope": 0.64, "sigmoid": 0.8, "stretched": 3.0, "odds": 0.5}


# %% predict | odds
def predict():
    return {"slope": 0.64, "sigmoid": 0.8, "stretched": 0.5, "odds": 0.75}


# %% repair | Still the same bug
def repaired(z):
    e = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - e) / (1 + e)


# %% repair | a power overflows
def repaired(z):
    m = np.expm1(2 * z)
    return m / (m + 2)


# %% repair | The sign is lost
def repaired(z):
    m = np.expm1(-2 * np.abs(z))
    return -m / (2 + m)


# %% repair | This is tanh(z / 2)
def repaired(z):
    m = np.expm1(-np.abs(z))
    return np.copysign(m / (2 + m), z)


# %% repair | NaN must stay NaN
def repaired(z):
    m = np.expm1(-2 * np.abs(np.nan_to_num(z)))
    return np.copysign(m / (2 + m), z)
