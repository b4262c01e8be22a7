# %% slope | where is c
def slope(w, H, c):
    return w @ H


# %% slope | Half of the gradient
def slope(w, H, c):
    return (w - c) @ H / 2


# %% slope | Only the diagonal of H
def slope(w, H, c):
    return np.diag(H) * (w - c)


# %% slope | has the shape of w
def slope(w, H, c):
    return (w - c) @ H @ (w - c)


# %% slope | Twice the gradient
def slope(w, H, c):
    return 2 * (w - c) @ H


# %% slope | points downhill
def slope(w, H, c):
    return (c - w) @ H


# %% descend | works in place
def descend(gradient, start, rate, steps):
    w, path = start, [start.copy()]
    for _ in range(steps):
        w -= rate * gradient(w)
        path.append(w.copy())
    return np.array(path)


# %% descend | The start belongs to the path
def descend(gradient, start, rate, steps):
    w, path = start, []
    for _ in range(steps):
        w = w - rate * gradient(w)
        path.append(w)
    return np.array(path)


# %% descend | the list holds one array many times
def descend(gradient, start, rate, steps):
    w = start.copy()
    path = [w]
    for _ in range(steps):
        w -= rate * gradient(w)
        path.append(w)
    return np.array(path)


# %% descend | goes uphill
def descend(gradient, start, rate, steps):
    w, path = start, [start]
    for _ in range(steps):
        w = w + rate * gradient(w)
        path.append(w)
    return np.array(path)


# %% descend | The gradient of the start
def descend(gradient, start, rate, steps):
    g = gradient(start)
    return np.array([start - rate * t * g for t in range(steps + 1)])


# %% descend | the list holds one array many times
def descend(gradient, start, rate, steps):
    w, path = start.copy(), [start]
    for _ in range(steps):
        w -= rate * gradient(w)
        path.append(w)
    return np.array(path)


# %% predict | take the eigenvalues
def predict(H):
    mu, L = np.sort(np.diag(H))[[0, -1]]
    return 2 / L, 2 / (L + mu), (L - mu) / (L + mu)


# %% predict | 1/L is safe
def predict(H):
    mu, L = np.linalg.eigvalsh(H)[[0, -1]]
    return 1 / L, 2 / (L + mu), (L - mu) / (L + mu)


# %% predict | not the flattest
def predict(H):
    L, mu = np.linalg.eigvalsh(H)[[0, -1]]
    return 2 / L, 2 / (L + mu), (L - mu) / (L + mu)


# %% predict | have the same size
def predict(H):
    mu, L = np.linalg.eigvalsh(H)[[0, -1]]
    return 2 / L, 1 / L, 1 - mu / L


# %% predict | the factor of the loss
def predict(H):
    mu, L = np.linalg.eigvalsh(H)[[0, -1]]
    return 2 / L, 2 / (L + mu), ((L - mu) / (L + mu)) ** 2


# %% frameworks-tensorflow | Return an array of NumPy
def descend_tensorflow(f, start, rate, steps):
    w = tf.Variable(start)
    optimizer = keras.optimizers.SGD(learning_rate=rate)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            value = f(w)
        optimizer.apply([tape.gradient(value, w)], [w])
    return w


# %% frameworks-tensorflow | the default learning rate of Keras
def descend_tensorflow(f, start, rate, steps):
    w = tf.Variable(start)
    optimizer = keras.optimizers.SGD()
    for _ in range(steps):
        with tf.GradientTape() as tape:
            value = f(w)
        optimizer.apply([tape.gradient(value, w)], [w])
    return w.numpy()


# %% frameworks-tensorflow | Keep float64
def descend_tensorflow(f, start, rate, steps):
    w = tf.Variable(start, dtype=tf.float32)
    optimizer = keras.optimizers.SGD(rate)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            value = f(w)
        optimizer.apply([tape.gradient(value, w)], [w])
    return w.numpy()


# %% frameworks-tensorflow | Only one step
def descend_tensorflow(f, start, rate, steps):
    w = tf.Variable(start)
    optimizer = keras.optimizers.SGD(learning_rate=rate)
    with tf.GradientTape() as tape:
        value = f(w)
    optimizer.apply([tape.gradient(value, w)], [w])
    return w.numpy()


# %% frameworks-pytorch | Old gradients were added up
def descend_torch(f, start, rate, steps):
    w = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=rate)
    for _ in range(steps):
        f(w).backward()
        optimizer.step()
    return w.detach().numpy()


# %% frameworks-pytorch | shares its memory
def descend_torch(f, start, rate, steps):
    w = torch.from_numpy(start).requires_grad_()
    optimizer = torch.optim.SGD([w], lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        f(w).backward()
        optimizer.step()
    return w.detach().numpy()


# %% frameworks-pytorch | the default learning rate of PyTorch
def descend_torch(f, start, rate, steps):
    w = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.SGD([w])
    for _ in range(steps):
        optimizer.zero_grad()
        f(w).backward()
        optimizer.step()
    return w.detach().numpy()


# %% frameworks-pytorch | Return an array of NumPy
def descend_torch(f, start, rate, steps):
    w = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        f(w).backward()
        optimizer.step()
    return w


# %% repair | b is still computed with the new w
def repaired(x, y, w, b, rate):
    return broken(x, y, w, b, rate)


# %% repair | w is computed with the new b
def repaired(x, y, w, b, rate):
    b = b - rate * 2 * np.mean(w * x + b - y)
    w = w - rate * 2 * np.mean((w * x + b - y) * x)
    return w, b


# %% repair | The factor 2
def repaired(x, y, w, b, rate):
    difference = w * x + b - y
    g_w, g_b = np.mean(difference * x), np.mean(difference)
    return w - rate * g_w, b - rate * g_b


# %% escape | the factor is above 1
def escape(offset, c, rate):
    return int(np.ceil(np.log(np.abs(offset)) / np.log(1 - rate * c)))


# %% escape | round up, not down
def escape(offset, c, rate):
    return int(-np.log(np.abs(offset)) / np.log(1 + rate * c))


# %% escape | only nearly the growth
def escape(offset, c, rate):
    return int(np.ceil(-np.log(np.abs(offset)) / (rate * c)))


# %% escape | take its size
def escape(offset, c, rate):
    with np.errstate(invalid="ignore"):
        return int(np.ceil(-np.log(offset) / np.log(1 + rate * c)))
