# %% pinball | The sides are swapped
def pinball(d, q):
    side = np.where(d > 0, q, q - 1)
    return side * d, np.where(d == 0, 0, side)


# %% pinball | Too high must cost 1 - q
def pinball(d, q):
    return q * np.abs(d), q * np.sign(d)


# %% pinball | take no mean
def pinball(d, q):
    side = np.where(d < 0, -q, 1 - q)
    return (side * d).mean(), np.where(d == 0, 0, side) / d.size


# %% pinball | is negative: raise it
def pinball(d, q):
    side = np.where(d < 0, q, 1 - q)
    return side * np.abs(d), np.where(d == 0, 0, side)


# %% pinball | The slope at d = 0 shall be 0
def pinball(d, q):
    side = np.where(d < 0, -q, 1 - q)
    return side * d, side


# %% pinball | A price is negative
def pinball(d, q):
    side = np.where(d < 0, q, 1 - q)
    return side * d, np.where(d == 0, 0, side)


# %% smooth | s / n_out for every class
def smooth(Z, y, s):
    n, n_out = Z.shape
    hot = np.eye(n_out)[y]
    Y = (1 - s) * hot + s / (n_out - 1) * (1 - hot)
    logs = log_softmax(Z)
    return -(Y * logs).sum(axis=1).mean(), (np.exp(logs) - Y) / n


# %% smooth | the gradient is divided by n too
def smooth(Z, y, s):
    n, n_out = Z.shape
    Y = (1 - s) * np.eye(n_out)[y] + s / n_out
    logs = log_softmax(Z)
    return -(Y * logs).sum(axis=1).mean(), np.exp(logs) - Y


# %% smooth | not the one-hot row
def smooth(Z, y, s):
    n, n_out = Z.shape
    hot = np.eye(n_out)[y]
    Y = (1 - s) * hot + s / n_out
    logs = log_softmax(Z)
    return -(Y * logs).sum(axis=1).mean(), (np.exp(logs) - hot) / n


# %% smooth | take log_softmax
def smooth(Z, y, s):
    n, n_out = Z.shape
    Y = (1 - s) * np.eye(n_out)[y] + s / n_out
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return -(Y * np.log(P)).sum(axis=1).mean(), (P - Y) / n


# %% smooth | Sum over the classes
def smooth(Z, y, s):
    n, n_out = Z.shape
    Y = (1 - s) * np.eye(n_out)[y] + s / n_out
    logs = log_softmax(Z)
    return -(Y * logs).mean(), (np.exp(logs) - Y) / n


# %% smooth | not smoothed
def smooth(Z, y, s):
    Y = np.eye(Z.shape[1])[y]
    logs = log_softmax(Z)
    return -(Y * logs).sum(axis=1).mean(), (np.exp(logs) - Y) / len(Z)


# %% weighted-tensorflow | divides by the number of examples
def weighted_tensorflow(Z, y, weight):
    Z = tf.Variable(Z)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        value = loss(y, Z, sample_weight=weight[y])
    return float(value), tape.gradient(value, Z).numpy()


# %% weighted-tensorflow | The weights are not used
def weighted_tensorflow(Z, y, weight):
    Z = tf.Variable(Z)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        value = loss(y, Z)
    return float(value), tape.gradient(value, Z).numpy()


# %% weighted-tensorflow | the weight of its own class
def weighted_tensorflow(Z, y, weight):
    Z = tf.Variable(Z)
    loss = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, reduction="mean_with_sample_weight"
    )
    with tf.GradientTape() as tape:
        value = loss(y, Z, sample_weight=weight)
    return float(value), tape.gradient(value, Z).numpy()


# %% weighted-tensorflow | are these scores
def weighted_tensorflow(Z, y, weight):
    Z = tf.Variable(Z)
    loss = keras.losses.SparseCategoricalCrossentropy(
        reduction="mean_with_sample_weight"
    )
    with tf.GradientTape() as tape:
        value = loss(y, Z, sample_weight=weight[y])
    return float(value), tape.gradient(value, Z).numpy()


# %% weighted-tensorflow | This is the weighted sum
def weighted_tensorflow(Z, y, weight):
    Z = tf.Variable(Z)
    loss = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, reduction="sum"
    )
    with tf.GradientTape() as tape:
        value = loss(y, Z, sample_weight=weight[y])
    return float(value), tape.gradient(value, Z).numpy()


# %% weighted-pytorch | Softmax is applied twice
def weighted_torch(Z, y, weight):
    Z = torch.tensor(Z, requires_grad=True)
    loss = torch.nn.CrossEntropyLoss(weight=torch.tensor(weight))
    value = loss(torch.softmax(Z, dim=1), torch.tensor(y))
    value.backward()
    return value.item(), Z.grad.numpy()


# %% weighted-pytorch | divides by the number of examples
def weighted_torch(Z, y, weight):
    Z = torch.tensor(Z, requires_grad=True)
    loss = torch.nn.CrossEntropyLoss(reduction="none")
    value = (torch.tensor(weight[y]) * loss(Z, torch.tensor(y))).mean()
    value.backward()
    return value.item(), Z.grad.numpy()


# %% weighted-pytorch | The weights are not used
def weighted_torch(Z, y, weight):
    Z = torch.tensor(Z, requires_grad=True)
    value = torch.nn.CrossEntropyLoss()(Z, torch.tensor(y))
    value.backward()
    return value.item(), Z.grad.numpy()


# %% weighted-pytorch | The gradient is None
def weighted_torch(Z, y, weight):
    Z = torch.tensor(Z)
    loss = torch.nn.CrossEntropyLoss(weight=torch.tensor(weight))
    value = loss(Z, torch.tensor(y))
    return value.item(), Z.grad


# %% predict | minus its logarithm
def predictions():
    return {
        "start": 0.01,
        "floor": 0.551,
        "keras": 32,
        "torch": 128,
        "slope": -1,
    }


# %% predict | take the cross-entropy of the scores
def predictions():
    return {
        "start": 4.605,
        "floor": 1.461,
        "keras": 32,
        "torch": 128,
        "slope": -1,
    }


# %% predict | the mean over the outputs comes first
def predictions():
    return {
        "start": 4.605,
        "floor": 0.551,
        "keras": 128,
        "torch": 128,
        "slope": -1,
    }


# %% predict | all 32 squared errors
def predictions():
    return {
        "start": 4.605,
        "floor": 0.551,
        "keras": 32,
        "torch": 32,
        "slope": -1,
    }


# %% predict | the sign is minus
def predictions():
    return {
        "start": 4.605,
        "floor": 0.551,
        "keras": 32,
        "torch": 128,
        "slope": 1,
    }


# %% predict | it is p - y
def predictions():
    return {
        "start": 4.605,
        "floor": 0.551,
        "keras": 32,
        "torch": 128,
        "slope": -0.00067,
    }


# %% diagnose | the floor of sure and right is not seen
def diagnose(loss):
    start = loss(np.zeros((3, 10)), np.arange(3))
    return "right" if abs(start - np.log(10)) < 0.1 else "sum"


# %% diagnose | a sum grows with their number
def diagnose(loss):
    sure = 50 * np.eye(10)[:1]
    if loss(sure, np.array([0])) > 1:
        return "twice"
    if loss(sure, np.array([1])) < 40:
        return "probabilities"
    return "right"


# %% diagnose | costs 16.1 only
def diagnose(loss):
    if loss(np.zeros((3, 10)), np.arange(3)) > 3:
        return "sum"
    sure = 50 * np.eye(10)[:1]
    return "twice" if loss(sure, np.array([0])) > 1 else "right"


# %% diagnose | none of the four words
def diagnose(loss):
    return "double"


# %% diagnose | a sound loss is accused
def diagnose(loss):
    sure = 5 * np.eye(10)[:1]
    return "right" if loss(sure, np.array([0])) < 1e-6 else "twice"


# %% repair | one sigmoid too many
def repaired(z, y):
    return broken(z, y)


# %% repair | which is clipped
def repaired(z, y):
    p = torch.sigmoid(z)
    return torch.nn.functional.binary_cross_entropy(p, y)


# %% repair | This is the sum
def repaired(z, y):
    return torch.nn.functional.binary_cross_entropy_with_logits(
        z, y, reduction="sum"
    )


# %% repair | the mean
def repaired(z, y):
    return torch.nn.functional.binary_cross_entropy_with_logits(
        z, y, reduction="none"
    )
