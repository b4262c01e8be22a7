# %% heaviside | At 0 the answer is 1
def heaviside(z, at_zero):
    return (z >= 0).astype(z.dtype)


# %% heaviside | At 0 the answer is one half
def heaviside(z, at_zero):
    return (1 + np.sign(z)) / 2


# %% heaviside | is something divided by z
def heaviside(z, at_zero):
    with np.errstate(all="ignore"):
        return (1 + z / np.abs(z)) / 2


# %% heaviside | keep the dtype
def heaviside(z, at_zero):
    value = np.where(z > 0, 1.0, np.where(z < 0, 0.0, at_zero))
    return np.where(np.isnan(z), np.nan, value)


# %% heaviside | must stay NaN
def heaviside(z, at_zero):
    value = np.where(z > 0, 1, np.where(z < 0, 0, at_zero))
    return value.astype(z.dtype)


# %% pocket | these are not the best on the way
def pocket(X, y, corrections):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(corrections):
        a = step(X @ w + b)
        if np.array_equal(a, y):
            break
        k = np.argmax(a != y)
        w, b = w + (y[k] - a[k]) * X[k], b + (y[k] - a[k])
    return w, b, np.sum(step(X @ w + b) != y)


# %% pocket | are they changed in place
def pocket(X, y, corrections):
    w, b = np.zeros(X.shape[1]), 0.0
    best = w, b, len(X) + 1
    for _ in range(corrections + 1):
        a = step(X @ w + b)
        wrong = np.sum(a != y)
        if wrong < best[2]:
            best = w, b, wrong
        if wrong == 0:
            break
        k = np.argmax(a != y)
        w += (y[k] - a[k]) * X[k]
        b += y[k] - a[k]
    return best


# %% pocket | AND can be learned without a mistake
def pocket(X, y, corrections):
    w, b = np.zeros(X.shape[1]), 0.0
    best = w, b, len(X) + 1
    for _ in range(min(corrections, 6) + 1):
        a = step(X @ w + b)
        wrong = np.sum(a != y)
        if wrong < best[2]:
            best = w, b, wrong
        if wrong == 0:
            break
        k = np.argmax(a != y)
        w, b = w + (y[k] - a[k]) * X[k], b + (y[k] - a[k])
    return best


# %% pocket | With no correction allowed
def pocket(X, y, corrections):
    w, b = np.zeros(X.shape[1]), 0.0
    best = w, b, len(X) + 1
    for _ in range(corrections + 1):
        a = step(X @ w + b)
        if np.array_equal(a, y):
            break
        k = np.argmax(a != y)
        w, b = w + (y[k] - a[k]) * X[k], b + (y[k] - a[k])
        wrong = np.sum(step(X @ w + b) != y)
        if wrong < best[2]:
            best = w, b, wrong
    return best


# %% pocket | the start was better
def pocket(X, y, corrections):
    w, b = np.zeros(X.shape[1]), 0.0
    best = w, b, np.sum(step(X @ w + b) != y)
    least = len(X) + 1
    for _ in range(corrections):
        a = step(X @ w + b)
        if np.array_equal(a, y):
            break
        k = np.argmax(a != y)
        w, b = w + (y[k] - a[k]) * X[k], b + (y[k] - a[k])
        wrong = np.sum(step(X @ w + b) != y)
        if wrong < least:
            best, least = (w, b, wrong), wrong
    return best


# %% criterion-tensorflow | The gradient is None
def criterion_tensorflow(X, y, w, b):
    w, b = tf.constant(w), tf.constant(b, dtype=tf.float64)
    with tf.GradientTape() as tape:
        z = tf.linalg.matvec(tf.constant(X), w) + b
        loss = tf.reduce_sum(tf.nn.relu(-(2 * y - 1) * z))
    return tape.gradient(loss, [w, b])


# %% criterion-tensorflow | is there a step or sign in the loss
def criterion_tensorflow(X, y, w, b):
    w, b = tf.Variable(w), tf.Variable(b, dtype=tf.float64)
    with tf.GradientTape() as tape:
        z = tf.linalg.matvec(tf.constant(X), w) + b
        loss = tf.reduce_sum(tf.nn.relu(-(2 * y - 1) * tf.sign(z)))
    dw, db = tape.gradient(loss, [w, b])
    return dw.numpy(), float(db)


# %% criterion-tensorflow | the sign in max is missing
def criterion_tensorflow(X, y, w, b):
    w, b = tf.Variable(w), tf.Variable(b, dtype=tf.float64)
    with tf.GradientTape() as tape:
        z = tf.linalg.matvec(tf.constant(X), w) + b
        loss = tf.reduce_sum(tf.nn.relu((2 * y - 1) * z))
    dw, db = tape.gradient(loss, [w, b])
    return dw.numpy(), float(db)


# %% criterion-tensorflow | The sum, not the mean
def criterion_tensorflow(X, y, w, b):
    w, b = tf.Variable(w), tf.Variable(b, dtype=tf.float64)
    with tf.GradientTape() as tape:
        z = tf.linalg.matvec(tf.constant(X), w) + b
        loss = tf.reduce_mean(tf.nn.relu(-(2 * y - 1) * z))
    dw, db = tape.gradient(loss, [w, b])
    return dw.numpy(), float(db)


# %% criterion-tensorflow | Only some digits
def criterion_tensorflow(X, y, w, b):
    X, y = tf.constant(X, tf.float32), tf.constant(y, tf.float32)
    w, b = tf.Variable(w, dtype=tf.float32), tf.Variable(b)
    with tf.GradientTape() as tape:
        z = tf.linalg.matvec(X, w) + b
        loss = tf.reduce_sum(tf.nn.relu(-(2 * y - 1) * z))
    dw, db = tape.gradient(loss, [w, b])
    return dw.numpy(), float(db)


# %% criterion-pytorch | The gradient is None
def criterion_torch(X, y, w, b):
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    torch.relu(-(2 * y - 1) * (X @ w + b)).sum()
    return w.grad, b.grad


# %% criterion-pytorch | is there a step or sign in the loss
def criterion_torch(X, y, w, b):
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    torch.relu(-(2 * y - 1) * torch.sign(X @ w + b)).sum().backward()
    return w.grad.numpy(), b.grad.item()


# %% criterion-pytorch | the gradient has the opposite sign
def criterion_torch(X, y, w, b):
    a = (X @ w + b >= 0).astype(float)
    return (y - a) @ X, np.sum(y - a)


# %% criterion-pytorch | The sum, not the mean
def criterion_torch(X, y, w, b):
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    torch.relu(-(2 * y - 1) * (X @ w + b)).mean().backward()
    return w.grad.numpy(), b.grad.item()


# %% criterion-pytorch | the sign in max is missing
def criterion_torch(X, y, w, b):
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    torch.relu((2 * y - 1) * (X @ w + b)).sum().backward()
    return w.grad.numpy(), b.grad.item()


# %% bound | R is the length of
def bound(X, y, w, b):
    margin = np.min((2 * y - 1) * (X @ w + b)) / np.linalg.norm(w)
    return np.max(np.sum(X**2, axis=1)) / margin**2


# %% bound | Square the ratio
def bound(X, y, w, b):
    v, T = np.append(w, b), np.hstack([X, np.ones((len(X), 1))])
    margin = np.min((2 * y - 1) * (T @ v)) / np.linalg.norm(v)
    return np.linalg.norm(T, axis=1).max() / margin


# %% bound | Five times the weights
def bound(X, y, w, b):
    v, T = np.append(w, b), np.hstack([X, np.ones((len(X), 1))])
    margin = np.min((2 * y - 1) * (T @ v))
    return np.max(np.sum(T**2, axis=1)) / margin**2


# %% bound | counts the bias too
def bound(X, y, w, b):
    T = np.hstack([X, np.ones((len(X), 1))])
    margin = np.min((2 * y - 1) * (X @ w + b)) / np.linalg.norm(w)
    return np.max(np.sum(T**2, axis=1)) / margin**2


# %% bound | raise ValueError
def bound(X, y, w, b):
    v, T = np.append(w, b), np.hstack([X, np.ones((len(X), 1))])
    margin = np.min(np.abs(T @ v)) / np.linalg.norm(v)
    with np.errstate(all="ignore"):
        return np.max(np.sum(T**2, axis=1)) / margin**2


# %% predict | constant
def predict():
    return {"constant": 16.0, "values": 8, "slope": -3.0, "ones": 1}


# %% predict | values
def predict():
    return {"constant": 4.0, "values": 4, "slope": -3.0, "ones": 1}


# %% predict | slope
def predict():
    return {"constant": 4.0, "values": 8, "slope": -0.5, "ones": 1}


# %% predict | ones
def predict():
    return {"constant": 4.0, "values": 8, "slope": -3.0, "ones": 3}


# %% repair | Still the same bug
def repaired(w, b, x, y):
    a = w @ x + b
    return w + (y - a) * x, b + (y - a)


# %% repair | pushed the wrong way
def repaired(w, b, x, y):
    a = step(w @ x + b)
    return w + (a - y) * x, b + (a - y)


# %% repair | The bias learns too
def repaired(w, b, x, y):
    a = step(w @ x + b)
    return w + (y - a) * x, b


# %% repair | change nothing
def repaired(w, b, x, y):
    a = step(w @ x + b)
    return w + (2 * y - 1) * x, b + (2 * y - 1)


# %% repair | At z = 0 the step answers 1
def repaired(w, b, x, y):
    a = float(w @ x + b > 0)
    return w + (y - a) * x, b + (y - a)
