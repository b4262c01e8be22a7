# %% ulps | That is in ulps of float64
def ulps(value, right):
    return np.abs(value - right) / np.abs(np.spacing(right))


# %% ulps | spacing has a sign
def ulps(value, right):
    return np.abs(value - right) / np.spacing(right.astype(np.float32))


# %% ulps | subtract in float64
def ulps(value, right):
    rounded = right.astype(np.float32)
    return np.abs((value - rounded) / np.spacing(rounded))


# %% ulps | relative error over epsilon
def ulps(value, right):
    return np.abs(value - right) / np.abs(right) / np.finfo(np.float32).eps


# %% loss | for the target 1 only
def cross_entropy(z, y):
    return np.logaddexp(0, -z), sigmoid(z) - y


# %% loss | is there a log of a sigmoid
def cross_entropy(z, y):
    p = sigmoid(z)
    return -np.log(np.where(y == 1, p, sigmoid(-z))), p - y


# %% loss | use log1p
def cross_entropy(z, y):
    loss = np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z)))
    return loss, sigmoid(z) - y


# %% loss | sigma(z) - 1 cancels
def cross_entropy(z, y):
    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return loss, sigmoid(z) - y


# %% loss | slope for a squared error
def cross_entropy(z, y):
    p = sigmoid(z)
    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return loss, (p - y) * p * (1 - p)


# %% all-tensorflow | the product has underflowed
def all_tensorflow(z):
    z = tf.constant(z)
    with tf.GradientTape() as tape:
        tape.watch(z)
        total = tf.math.log(tf.reduce_prod(tf.sigmoid(z)))
    return float(total), tape.gradient(total, z).numpy()


# %% all-tensorflow | the sigmoid itself is 0
def all_tensorflow(z):
    z = tf.constant(z)
    with tf.GradientTape() as tape:
        tape.watch(z)
        total = tf.reduce_sum(tf.math.log(tf.sigmoid(z)))
    return float(total), tape.gradient(total, z).numpy()


# %% all-tensorflow | Sum the logarithms, no mean
def all_tensorflow(z):
    z = tf.constant(z)
    with tf.GradientTape() as tape:
        tape.watch(z)
        total = tf.reduce_mean(tf.math.log_sigmoid(z))
    return float(total), tape.gradient(total, z).numpy()


# %% all-tensorflow | The gradient is None
def all_tensorflow(z):
    z = tf.constant(z)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.math.log_sigmoid(z))
    return float(total), tape.gradient(total, z)


# %% all-pytorch | the product has underflowed
def all_torch(z):
    z = torch.tensor(z, requires_grad=True)
    total = torch.log(torch.sigmoid(z).prod())
    total.backward()
    return total.item(), z.grad.numpy()


# %% all-pytorch | the sigmoid itself is 0
def all_torch(z):
    z = torch.tensor(z, requires_grad=True)
    total = torch.log(torch.sigmoid(z)).sum()
    total.backward()
    return total.item(), z.grad.numpy()


# %% all-pytorch | Return the logarithm
def all_torch(z):
    z = torch.tensor(z, requires_grad=True)
    total = torch.nn.functional.logsigmoid(z).sum().exp()
    total.backward()
    return total.item(), z.grad.numpy()


# %% all-pytorch | The gradient is None
def all_torch(z):
    z = torch.tensor(z, requires_grad=True)
    return torch.nn.functional.logsigmoid(z).sum().item(), z.grad


# %% predict | gap
def predict():
    return {
        "gap": 2**-10,
        "below": 1 - 2**-11,
        "difference": 0,
        "amplify": 1e-6,
    }


# %% predict | below
def predict():
    return {"gap": 0.5, "below": 1 - 2**-10, "difference": 0, "amplify": 1e-6}


# %% predict | difference
def predict():
    return {
        "gap": 0.5,
        "below": 1 - 2**-11,
        "difference": 4.2e-18 * 1e6,
        "amplify": 1e-6,
    }


# %% predict | amplify
def predict():
    return {"gap": 0.5, "below": 1 - 2**-11, "difference": 0, "amplify": 1e-3}


# %% repair | The gradient is still NaN
def repaired(z):
    return torch.where(z > 20, z, torch.log1p(torch.exp(z)))


# %% repair | must come back by where
def repaired(z):
    return torch.log1p(torch.exp(torch.clamp(z, max=20.0)))


# %% repair | in 1 + e it is lost
def repaired(z):
    safe = torch.where(z > 20, 0.0, z)
    return torch.where(z > 20, z, torch.log(1 + torch.exp(safe)))


# %% repair | The slope is not sigma(z)
def repaired(z):
    safe = torch.where(z > 20, 0.0, z)
    return torch.where(z > 20, z.detach(), torch.log1p(torch.exp(safe)))


# %% one | Almost 1 is not 1
def becomes_one(f, low, high):
    if not f(low) < 1 or f(high) != 1:
        raise ValueError
    while high - low > 1e-6:
        middle = (low + high) / 2
        if np.isclose(f(middle), 1):
            high = middle
        else:
            low = middle
    return low


# %% one | It is only roughly right
def becomes_one(f, low, high):
    if not f(low) < 1 or f(high) != 1:
        raise ValueError
    while high - low > 0.1:
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 1 else (low, middle)
    return (low + high) / 2


# %% one | raise ValueError
def becomes_one(f, low, high):
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 1 else (low, middle)
    return (low + high) / 2


# %% one | The place is wrong
def becomes_one(f, low, high):
    if not f(low) < 1 or f(high) != 1:
        raise ValueError
    z = low
    while f(z) < 1:
        z += 1
    return z
