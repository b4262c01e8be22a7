# %% inverse | alpha is forgotten
def inverse_elu(a, alpha=1.0):
    if not np.all(a > -alpha):
        raise ValueError("too low")
    return np.where(a > 0, a, np.log1p(np.clip(a, -0.999, 0)))


# %% inverse | use log1p
def inverse_elu(a, alpha=1.0):
    if not np.all(a > -alpha):
        raise ValueError("too low")
    return np.where(a > 0, a, np.log(1 + np.minimum(a, 0) / alpha))


# %% inverse | On the right z is a
def inverse_elu(a, alpha=1.0):
    if not np.all(a > -alpha):
        raise ValueError("too low")
    return np.log1p(a / alpha)


# %% inverse | ELU never returns -1.0
def inverse_elu(a, alpha=1.0):
    return np.where(a > 0, a, np.log1p(np.minimum(a, 0) / alpha))


# %% inverse | ELU never returns nan
def inverse_elu(a, alpha=1.0):
    if np.any(a <= -alpha):
        raise ValueError("too low")
    return np.where(a > 0, a, np.log1p(np.minimum(a, 0) / alpha))


# %% celu-tensorflow | two branches each give it to z
def celu_tensorflow(z, alpha):
    negative = alpha * tf.math.expm1(tf.minimum(z, 0.0) / alpha)
    return tf.maximum(z, 0.0) + negative


# %% celu-tensorflow | the branch that is not taken overflows
def celu_tensorflow(z, alpha):
    return tf.where(z > 0, z, alpha * tf.math.expm1(z / alpha))


# %% celu-tensorflow | use expm1
def celu_tensorflow(z, alpha):
    negative = alpha * (tf.exp(tf.minimum(z, 0.0) / alpha) - 1)
    return tf.where(z > 0, z, negative)


# %% celu-tensorflow | This is ELU
def celu_tensorflow(z, alpha):
    negative = alpha * tf.math.expm1(tf.minimum(z, 0.0))
    return tf.where(z > 0, z, negative)


# %% celu-tensorflow | gave nothing to z
def celu_tensorflow(z, alpha):
    zero = tf.zeros_like(z)
    negative = alpha * tf.math.expm1(tf.minimum(zero, z) / alpha)
    return tf.where(z > 0, z, negative)


# %% celu-pytorch | two branches each give it to z
def celu_torch(z, alpha):
    return z.clamp(min=0) + alpha * torch.expm1(z.clamp(max=0) / alpha)


# %% celu-pytorch | the branch that is not taken overflows
def celu_torch(z, alpha):
    return torch.where(z > 0, z, alpha * torch.expm1(z / alpha))


# %% celu-pytorch | use expm1
def celu_torch(z, alpha):
    negative = alpha * (torch.exp(z.clamp(max=0) / alpha) - 1)
    return torch.where(z > 0, z, negative)


# %% celu-pytorch | This is ELU
def celu_torch(z, alpha):
    return torch.where(z > 0, z, alpha * torch.expm1(z.clamp(max=0)))


# %% celu-pytorch | clamping shared it
def celu_torch(z, alpha):
    lower = torch.minimum(z, torch.zeros_like(z))
    return torch.where(z > 0, z, alpha * torch.expm1(lower / alpha))


# %% constants | The two are exchanged
def constants(q):
    once = np.exp(q / 2) * ndtr(-np.sqrt(q))
    twice = np.exp(2 * q) * ndtr(-2 * np.sqrt(q))
    alpha = np.sqrt(q / (2 * np.pi)) / (0.5 - once)
    square = q / 2 + alpha**2 * (twice - 2 * once + 0.5)
    return alpha, np.sqrt(q / square)


# %% constants | The same for every q
def constants(q):
    return SCALE, ALPHA


# %% constants | The variance becomes 1
def constants(q):
    once = np.exp(q / 2) * ndtr(-np.sqrt(q))
    twice = np.exp(2 * q) * ndtr(-2 * np.sqrt(q))
    alpha = np.sqrt(q / (2 * np.pi)) / (0.5 - once)
    square = q / 2 + alpha**2 * (twice - 2 * once + 0.5)
    return square**-0.5, alpha


# %% constants | look at alpha
def constants(q):
    once = np.exp(q / 2) * ndtr(-np.sqrt(q))
    twice = np.exp(2 * q) * ndtr(-2 * np.sqrt(q))
    alpha = 1 / np.sqrt(2 * np.pi) / (0.5 - once)
    square = q / 2 + alpha**2 * (twice - 2 * once + 0.5)
    return np.sqrt(q / square), alpha


# %% constants | these must be SELU's constants
def constants(q):
    once = np.exp(q / 2) * ndtr(-np.sqrt(q))
    twice = np.exp(q) * ndtr(-2 * np.sqrt(q))
    alpha = np.sqrt(q / (2 * np.pi)) / (0.5 - once)
    square = q / 2 + alpha**2 * (twice - 2 * once + 0.5)
    return np.sqrt(q / square), alpha


# %% rest | This is one layer
def rest(gain):
    return after_layer(1.0, gain)


# %% rest | Not yet at rest
def rest(gain):
    q = 1.0
    for _ in range(10):
        q = after_layer(q, gain)
    return q


# %% rest | The gain squared
def rest(gain):
    return gain**2


# %% rest | Gain 0.75 rests elsewhere
def rest(gain):
    q = 1.0
    for _ in range(60):
        q = after_layer(q, gain**2)
    return q


# %% rest | to nothing
def rest(gain):
    q = 1.0
    for _ in range(200):
        q = max(after_layer(q, gain), 0.04)
    return q


# %% line | keeps the mean of plain dropout
def line(p, v, m, s):
    return 1 / (1 - p), -p * v / (1 - p)


# %% line | Only for mean 0
def line(p, v, m, s):
    a = s / np.sqrt((1 - p) * (s**2 + p * v**2))
    return a, -a * p * v


# %% line | of all
def line(p, v, m, s):
    a = 1 / np.sqrt(1 - p)
    return a, m - a * ((1 - p) * m + p * v)


# %% line | Variance 1
def line(p, v, m, s):
    new_mean = (1 - p) * m + p * v
    new_square = (1 - p) * (s**2 + m**2) + p * v**2
    goal = s if m == 0 else 1
    a = goal / np.sqrt(new_square - new_mean**2)
    return a, m - a * new_mean


# %% line | only the variance has shrunk
def line(p, v, m, s):
    a = ((1 - p) * (1 + p * v**2)) ** 0.5
    return a, -a * p * v


# %% repair | Still the bug
def repaired(z, upstream, alpha):
    return upstream * np.where(z > 0, 1, np.exp(np.minimum(z, 0)))


# %% repair | add alpha, not 1
def repaired(z, upstream, alpha):
    return upstream * np.where(z > 0, 1, elu(z, alpha) + 1)


# %% repair | Small slopes are lost
def repaired(z, upstream, alpha):
    return upstream * np.where(z > 0, 1, elu(z, alpha) + alpha)


# %% repair | left side only
def repaired(z, upstream, alpha):
    return upstream * alpha * np.where(z > 0, 1, np.exp(np.minimum(z, 0)))


# %% repair | The branch not taken overflows
def repaired(z, upstream, alpha):
    return upstream * np.where(z > 0, 1, alpha * np.exp(z))


# %% repair | At 0: from the left
def repaired(z, upstream, alpha):
    return upstream * np.where(z >= 0, 1, alpha * np.exp(np.minimum(z, 0)))
