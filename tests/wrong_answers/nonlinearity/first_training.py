# %% loss | must be refused
def mean_squared_error(predicted, wanted):
    return np.mean((predicted - wanted) ** 2)


# %% loss | must name both shapes
def mean_squared_error(predicted, wanted):
    if predicted.shape != wanted.shape:
        raise ValueError("shapes differ")
    return np.mean((predicted - wanted) ** 2)


# %% loss | Raise a ValueError, not AssertionError
def mean_squared_error(predicted, wanted):
    assert predicted.shape == wanted.shape
    return np.mean((predicted - wanted) ** 2)


# %% loss | This is the sum
def mean_squared_error(predicted, wanted):
    return np.sum((predicted - wanted) ** 2)


# %% loss | divides by the number of rows
def mean_squared_error(predicted, wanted):
    return np.sum((predicted - wanted) ** 2) / len(wanted)


# %% loss | square them
def mean_squared_error(predicted, wanted):
    return np.mean(np.abs(predicted - wanted))


# %% loss | Square each difference first
def mean_squared_error(predicted, wanted):
    return np.mean(predicted - wanted) ** 2


# %% gradient | fourth powers
def gradient(w, b, x, y):
    d = w * x + b - y
    return 2 * np.mean(d * x), 2 * np.mean(d)


# %% gradient | The factor 4 is missing
def gradient(w, b, x, y):
    d = w * x + b - y
    return np.mean(d**3 * x), np.mean(d**3)


# %% gradient | The inner derivative is missing
def gradient(w, b, x, y):
    d = w * x + b - y
    return 4 * np.mean(d**3), 4 * np.mean(d**3)


# %% gradient | b stands in front of 1
def gradient(w, b, x, y):
    d = w * x + b - y
    return 4 * np.mean(d**3 * x), 4 * np.mean(d**3 * x)


# %% gradient | The sign is wrong
def gradient(w, b, x, y):
    d = w * x + b - y
    return -4 * np.mean(d**3 * x), -4 * np.mean(d**3)


# %% gradient | take the mean over the points
def gradient(w, b, x, y):
    d = w * x + b - y
    return 4 * d**3 * x, 4 * d**3


# %% ask-tensorflow | only inside the with block
def gradient_tensorflow(w, b, x, y):
    w, b = tf.constant(w, tf.float64), tf.constant(b, tf.float64)
    with tf.GradientTape() as tape:
        value = tf.reduce_mean((w * x + b - y) ** 4)
    return tape.gradient(value, [w, b])


# %% ask-tensorflow | fourth powers
def gradient_tensorflow(w, b, x, y):
    w, b = tf.Variable(w, dtype=tf.float64), tf.Variable(b, dtype=tf.float64)
    with tf.GradientTape() as tape:
        value = tf.reduce_mean((w * x + b - y) ** 2)
    return [g.numpy() for g in tape.gradient(value, [w, b])]


# %% ask-tensorflow | use tf.reduce_mean
def gradient_tensorflow(w, b, x, y):
    w, b = tf.Variable(w, dtype=tf.float64), tf.Variable(b, dtype=tf.float64)
    with tf.GradientTape() as tape:
        value = tf.reduce_sum((w * x + b - y) ** 4)
    return [g.numpy() for g in tape.gradient(value, [w, b])]


# %% ask-tensorflow | make everything float64
def gradient_tensorflow(w, b, x, y):
    w, b = tf.Variable(w), tf.Variable(b)
    x, y = tf.constant(x, tf.float32), tf.constant(y, tf.float32)
    with tf.GradientTape() as tape:
        value = tf.reduce_mean((w * x + b - y) ** 4)
    return [g.numpy() for g in tape.gradient(value, [w, b])]


# %% ask-pytorch | backward() must be called
def gradient_torch(w, b, x, y):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    torch.mean((w * torch.from_numpy(x) + b - torch.from_numpy(y)) ** 4)
    return w.grad, b.grad


# %% ask-pytorch | backward() was called twice
def gradient_torch(w, b, x, y):
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    for _ in range(2):
        torch.mean((w * x + b - y) ** 4).backward()
    return w.grad, b.grad


# %% ask-pytorch | use torch.mean
def gradient_torch(w, b, x, y):
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    torch.sum((w * x + b - y) ** 4).backward()
    return w.grad, b.grad


# %% ask-pytorch | make everything float64
def gradient_torch(w, b, x, y):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    x, y = torch.from_numpy(x).float(), torch.from_numpy(y).float()
    torch.mean((w * x + b - y) ** 4).backward()
    return w.grad, b.grad


# %% descend | This goes uphill
def descend(gradient_of, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] + rate * gradient_of(path[-1]))
    return np.array(path)


# %% descend | The learning rate is missing
def descend(gradient_of, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - gradient_of(path[-1]))
    return np.array(path)


# %% descend | not only its end
def descend(gradient_of, start, rate, steps):
    p = start
    for _ in range(steps):
        p = p - rate * gradient_of(p)
    return p


# %% descend | the path begins with start
def descend(gradient_of, start, rate, steps):
    path, p = [], start
    for _ in range(steps):
        p = p - rate * gradient_of(p)
        path.append(p)
    return np.array(path)


# %% descend | The caller's start was changed
def descend(gradient_of, start, rate, steps):
    path = [start.copy()]
    for _ in range(steps):
        start -= rate * gradient_of(start)
        path.append(start.copy())
    return np.array(path)


# %% descend | at the newest place
def descend(gradient_of, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - rate * gradient_of(start))
    return np.array(path)


# %% deal | leave it out
def deal(n, size, rng):
    order = rng.permutation(n)
    return [order[i : i + size] for i in range(0, n, size)]


# %% deal | Some examples come twice
def deal(n, size, rng):
    return rng.integers(0, n, size=(n // size, size))


# %% deal | The order is not random
def deal(n, size, rng):
    return np.arange(n // size * size).reshape(-1, size)


# %% deal | Some examples are never used
def deal(n, size, rng):
    return rng.permutation(n // size * size).reshape(-1, size)


# %% repair | the sum of two gradients
def repaired(x, y, rate, steps):
    return broken(x, y, rate, steps)


# %% repair | Nothing was learned
def repaired(x, y, rate, steps):
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    w = torch.zeros((), dtype=torch.float64, requires_grad=True)
    b = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=rate)
    for _ in range(steps):
        torch.mean((w * x + b - y) ** 2).backward()
        optimizer.zero_grad()
        optimizer.step()
    return w.item(), b.item()


# %% repair | Two steps lead elsewhere
def repaired(x, y, rate, steps):
    return tuple(np.polyfit(x, y, 1))


# %% loss | (5, 1) and (1, 5) must be refused
def mean_squared_error(predicted, wanted):
    if predicted.ndim != wanted.ndim:
        raise ValueError(f"{predicted.shape} and {wanted.shape}")
    return np.mean((predicted - wanted) ** 2)


# %% descend | All rows are equal
def descend(gradient_of, start, rate, steps):
    p, path = start.copy(), []
    for _ in range(steps + 1):
        path.append(p)
        p -= 0 * p
    return np.array(path)


# %% descend | Use the gradient_of that the caller gives
def descend(gradient_of, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - rate * 2 * (path[-1] - 3))
    return np.array(path)


# %% deal | 53 examples give 5 batches
def deal(n, size, rng):
    full = n // size
    return rng.permutation(n)[: full * size].reshape(size, -1)


# %% deal | Neighbors stay together
def deal(n, size, rng):
    order = np.roll(np.arange(n), rng.integers(n))
    return order[: n // size * size].reshape(-1, size)


# %% deal | The order must come from rng
def deal(n, size, rng):
    order = np.random.default_rng().permutation(n)
    return order[: n // size * size].reshape(-1, size)
