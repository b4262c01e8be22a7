# %% paper | half of what it should be
def by_hand(x, y, w, b, v, c):
    a = sigmoid(w * x + b)
    g_yhat = v * a + c - y
    g_z = g_yhat * v * a * (1 - a)
    return {"w": g_z * x, "b": g_z, "v": g_yhat * a, "c": g_yhat}


# %% paper | g_c has the wrong sign
def by_hand(x, y, w, b, v, c):
    a = sigmoid(w * x + b)
    g_yhat = 2 * (y - v * a - c)
    g_z = g_yhat * v * a * (1 - a)
    return {"w": g_z * x, "b": g_z, "v": g_yhat * a, "c": g_yhat}


# %% paper | The slope of the sigmoid is missing
def by_hand(x, y, w, b, v, c):
    a = sigmoid(w * x + b)
    g_yhat = 2 * (v * a + c - y)
    g_z = g_yhat * v
    return {"w": g_z * x, "b": g_z, "v": g_yhat * a, "c": g_yhat}


# %% paper | z (1 - z) is no slope
def by_hand(x, y, w, b, v, c):
    z = w * x + b
    a = sigmoid(z)
    g_yhat = 2 * (v * a + c - y)
    g_z = g_yhat * v * z * (1 - z)
    return {"w": g_z * x, "b": g_z, "v": g_yhat * a, "c": g_yhat}


# %% paper | the factor v is missing
def by_hand(x, y, w, b, v, c):
    a = sigmoid(w * x + b)
    g_yhat = 2 * (v * a + c - y)
    g_z = g_yhat * a * (1 - a)
    return {"w": g_z * x, "b": g_z, "v": g_yhat * a, "c": g_yhat}


# %% paper | g_w is not g_b
def by_hand(x, y, w, b, v, c):
    a = sigmoid(w * x + b)
    g_yhat = 2 * (v * a + c - y)
    g_z = g_yhat * v * a * (1 - a)
    return {"w": g_z, "b": g_z, "v": g_yhat * a, "c": g_yhat}


# %% paper | The keys are w, b, v and c
def by_hand(x, y, w, b, v, c):
    a = sigmoid(w * x + b)
    g_yhat = 2 * (v * a + c - y)
    return {"v": g_yhat * a, "c": g_yhat}


# %% layout | G_W has the shape of W.T
def linear_back(A, W, G_Z):
    return A.T @ G_Z, G_Z.sum(axis=0), G_Z @ W


# %% layout | W is (n_out, n_in) here
def linear_back(A, W, G_Z):
    return G_Z.T @ A, G_Z.sum(axis=0), G_Z @ W.T


# %% layout | G_b has a row for each example
def linear_back(A, W, G_Z):
    return G_Z.T @ A, G_Z, G_Z @ W


# %% layout | G_b is a mean
def linear_back(A, W, G_Z):
    return G_Z.T @ A, G_Z.mean(axis=0), G_Z @ W


# %% layout | G_W is divided by n
def linear_back(A, W, G_Z):
    return G_Z.T @ A / len(A), G_Z.sum(axis=0), G_Z @ W


# %% layout | no keepdims
def linear_back(A, W, G_Z):
    return G_Z.T @ A, G_Z.sum(axis=0, keepdims=True), G_Z @ W


# %% shortcut | X is used twice
def shortcut_back(X, Y, W1, b1, W2, b2, V):
    A1 = np.tanh(X @ W1 + b1)
    G_Y = 2 * (A1 @ W2 + X @ V + b2 - Y) / Y.size
    G_Z1 = G_Y @ W2.T * (1 - A1**2)
    G = {"W1": X.T @ G_Z1, "b1": G_Z1.sum(axis=0), "W2": A1.T @ G_Y}
    return {**G, "b2": G_Y.sum(axis=0), "V": X.T @ G_Y, "X": G_Z1 @ W1.T}


# %% shortcut | X is used twice
def shortcut_back(X, Y, W1, b1, W2, b2, V):
    A1 = np.tanh(X @ W1 + b1)
    G_Y = 2 * (A1 @ W2 + X @ V + b2 - Y) / Y.size
    G_Z1 = G_Y @ W2.T * (1 - A1**2)
    G = {"W1": X.T @ G_Z1, "b1": G_Z1.sum(axis=0), "W2": A1.T @ G_Y}
    return {**G, "b2": G_Y.sum(axis=0), "V": X.T @ G_Y, "X": G_Y @ V.T}


# %% shortcut | is the slope of the sigmoid
def shortcut_back(X, Y, W1, b1, W2, b2, V):
    A1 = np.tanh(X @ W1 + b1)
    G_Y = 2 * (A1 @ W2 + X @ V + b2 - Y) / Y.size
    G_Z1 = G_Y @ W2.T * A1 * (1 - A1)
    G = {"W1": X.T @ G_Z1, "b1": G_Z1.sum(axis=0), "W2": A1.T @ G_Y}
    G_X = G_Z1 @ W1.T + G_Y @ V.T
    return {**G, "b2": G_Y.sum(axis=0), "V": X.T @ G_Y, "X": G_X}


# %% shortcut | The slope of tanh is missing
def shortcut_back(X, Y, W1, b1, W2, b2, V):
    A1 = np.tanh(X @ W1 + b1)
    G_Y = 2 * (A1 @ W2 + X @ V + b2 - Y) / Y.size
    G_Z1 = G_Y @ W2.T
    G = {"W1": X.T @ G_Z1, "b1": G_Z1.sum(axis=0), "W2": A1.T @ G_Y}
    G_X = G_Z1 @ W1.T + G_Y @ V.T
    return {**G, "b2": G_Y.sum(axis=0), "V": X.T @ G_Y, "X": G_X}


# %% shortcut | divide by Y.size
def shortcut_back(X, Y, W1, b1, W2, b2, V):
    A1 = np.tanh(X @ W1 + b1)
    G_Y = 2 * (A1 @ W2 + X @ V + b2 - Y) / len(Y)
    G_Z1 = G_Y @ W2.T * (1 - A1**2)
    G = {"W1": X.T @ G_Z1, "b1": G_Z1.sum(axis=0), "W2": A1.T @ G_Y}
    G_X = G_Z1 @ W1.T + G_Y @ V.T
    return {**G, "b2": G_Y.sum(axis=0), "V": X.T @ G_Y, "X": G_X}


# %% shortcut | The gradient of b1 has the shape
def shortcut_back(X, Y, W1, b1, W2, b2, V):
    A1 = np.tanh(X @ W1 + b1)
    G_Y = 2 * (A1 @ W2 + X @ V + b2 - Y) / Y.size
    G_Z1 = G_Y @ W2.T * (1 - A1**2)
    G = {"W1": X.T @ G_Z1, "b1": G_Z1, "W2": A1.T @ G_Y}
    G_X = G_Z1 @ W1.T + G_Y @ V.T
    return {**G, "b2": G_Y.sum(axis=0), "V": X.T @ G_Y, "X": G_X}


# %% inside-tensorflow | The gradient is None
def inside_tensorflow(X, Y, parameters):
    W1, b1, W2, b2 = (tf.Variable(p) for p in parameters)
    Z1 = X @ W1 + b1
    with tf.GradientTape() as tape:
        predicted = tf.sigmoid(Z1) @ W2 + b2
        loss = tf.reduce_mean((predicted - Y) ** 2)
    return tape.gradient(loss, Z1).numpy()


# %% inside-tensorflow | This is G_W1
def inside_tensorflow(X, Y, parameters):
    W1, b1, W2, b2 = (tf.Variable(p) for p in parameters)
    with tf.GradientTape() as tape:
        predicted = tf.sigmoid(X @ W1 + b1) @ W2 + b2
        loss = tf.reduce_mean((predicted - Y) ** 2)
    return tape.gradient(loss, W1).numpy()


# %% inside-tensorflow | This is G_A1
def inside_tensorflow(X, Y, parameters):
    W1, b1, W2, b2 = (tf.Variable(p) for p in parameters)
    with tf.GradientTape() as tape:
        A1 = tf.sigmoid(X @ W1 + b1)
        loss = tf.reduce_mean((A1 @ W2 + b2 - Y) ** 2)
    return tape.gradient(loss, A1).numpy()


# %% inside-tensorflow | The loss is a mean
def inside_tensorflow(X, Y, parameters):
    W1, b1, W2, b2 = (tf.Variable(p) for p in parameters)
    with tf.GradientTape() as tape:
        Z1 = X @ W1 + b1
        loss = tf.reduce_sum((tf.sigmoid(Z1) @ W2 + b2 - Y) ** 2)
    return tape.gradient(loss, Z1).numpy()


# %% inside-tensorflow | Return a NumPy array
def inside_tensorflow(X, Y, parameters):
    W1, b1, W2, b2 = (tf.Variable(p) for p in parameters)
    with tf.GradientTape() as tape:
        Z1 = X @ W1 + b1
        loss = tf.reduce_mean((tf.sigmoid(Z1) @ W2 + b2 - Y) ** 2)
    return tape.gradient(loss, Z1)


# %% inside-tensorflow | Z1 must be computed inside the tape, from variables
def inside_tensorflow(X, Y, parameters):
    W1, b1, W2, b2 = (tf.constant(p) for p in parameters)
    with tf.GradientTape() as tape:
        Z1 = X @ W1 + b1
        loss = tf.reduce_mean((tf.sigmoid(Z1) @ W2 + b2 - Y) ** 2)
    return tape.gradient(loss, Z1).numpy()


# %% inside-tensorflow | Keep the float64
def inside_tensorflow(X, Y, parameters):
    X, Y = tf.cast(X, tf.float32), tf.cast(Y, tf.float32)
    W1, b1, W2, b2 = (tf.Variable(tf.cast(p, X.dtype)) for p in parameters)
    with tf.GradientTape() as tape:
        Z1 = X @ W1 + b1
        loss = tf.reduce_mean((tf.sigmoid(Z1) @ W2 + b2 - Y) ** 2)
    return tape.gradient(loss, Z1).numpy()


# %% inside-pytorch | unless you called Z1.retain_grad()
def inside_torch(X, Y, parameters):
    import warnings

    warnings.simplefilter("ignore")
    X, Y = torch.from_numpy(X), torch.from_numpy(Y)
    W1, b1, W2, b2 = (torch.tensor(p, requires_grad=True) for p in parameters)
    Z1 = X @ W1 + b1
    torch.mean((torch.sigmoid(Z1) @ W2 + b2 - Y) ** 2).backward()
    return Z1.grad.numpy()


# %% inside-pytorch | This is G_W1
def inside_torch(X, Y, parameters):
    X, Y = torch.from_numpy(X), torch.from_numpy(Y)
    W1, b1, W2, b2 = (torch.tensor(p, requires_grad=True) for p in parameters)
    Z1 = X @ W1 + b1
    torch.mean((torch.sigmoid(Z1) @ W2 + b2 - Y) ** 2).backward()
    return W1.grad.numpy()


# %% inside-pytorch | This is G_A1
def inside_torch(X, Y, parameters):
    X, Y = torch.from_numpy(X), torch.from_numpy(Y)
    W1, b1, W2, b2 = (torch.tensor(p, requires_grad=True) for p in parameters)
    A1 = torch.sigmoid(X @ W1 + b1)
    A1.retain_grad()
    torch.mean((A1 @ W2 + b2 - Y) ** 2).backward()
    return A1.grad.numpy()


# %% inside-pytorch | The loss is a mean
def inside_torch(X, Y, parameters):
    X, Y = torch.from_numpy(X), torch.from_numpy(Y)
    W1, b1, W2, b2 = (torch.tensor(p, requires_grad=True) for p in parameters)
    Z1 = X @ W1 + b1
    Z1.retain_grad()
    torch.sum((torch.sigmoid(Z1) @ W2 + b2 - Y) ** 2).backward()
    return Z1.grad.numpy()


# %% inside-pytorch | Keep the float64
def inside_torch(X, Y, parameters):
    X, Y = torch.from_numpy(X).float(), torch.from_numpy(Y).float()
    W1, b1, W2, b2 = (torch.tensor(p).float() for p in parameters)
    Z1 = (X @ W1 + b1).requires_grad_()
    torch.mean((torch.sigmoid(Z1) @ W2 + b2 - Y) ** 2).backward()
    return Z1.grad.numpy()


# %% predict | twice the examples give twice the gradient
def factors():
    return {
        "mean, G_W1": 1,
        "mean, row of G_Z1": 0.5,
        "sum, G_W1": 1,
        "sum, row of G_Z1": 1,
    }


# %% predict | each is half as large
def factors():
    return {
        "mean, G_W1": 0.5,
        "mean, row of G_Z1": 0.5,
        "sum, G_W1": 2,
        "sum, row of G_Z1": 1,
    }


# %% predict | and n has doubled
def factors():
    return {
        "mean, G_W1": 1,
        "mean, row of G_Z1": 1,
        "sum, G_W1": 2,
        "sum, row of G_Z1": 1,
    }


# %% predict | knows nothing of the other examples
def factors():
    return {
        "mean, G_W1": 1,
        "mean, row of G_Z1": 1,
        "sum, G_W1": 2,
        "sum, row of G_Z1": 2,
    }


# %% repair | not through the new one
def repaired_step(X, Y, W1, b1, W2, b2, rate):
    A1 = sigmoid(X @ W1 + b1)
    G = 2 * (A1 @ W2 + b2 - Y) / Y.size
    W2 = W2 - rate * A1.T @ G
    b2 = b2 - rate * G.sum(axis=0)
    G = G @ W2.T * A1 * (1 - A1)
    return W1 - rate * X.T @ G, b1 - rate * G.sum(axis=0), W2, b2


# %% repair | n times too small
def repaired_step(X, Y, W1, b1, W2, b2, rate):
    A1 = sigmoid(X @ W1 + b1)
    G = 2 * (A1 @ W2 + b2 - Y) / Y.size
    G_Z1 = G @ W2.T * A1 * (1 - A1)
    W2 = W2 - rate * A1.T @ G
    b2 = b2 - rate * G.sum(axis=0)
    return W1 - rate * X.T @ G_Z1, b1 - rate * G_Z1.mean(axis=0), W2, b2


# %% repair | that were given in are changed
def repaired_step(X, Y, W1, b1, W2, b2, rate):
    A1 = sigmoid(X @ W1 + b1)
    G = 2 * (A1 @ W2 + b2 - Y) / Y.size
    G_Z1 = G @ W2.T * A1 * (1 - A1)
    W2 -= rate * A1.T @ G
    b2 -= rate * G.sum(axis=0)
    return W1 - rate * X.T @ G_Z1, b1 - rate * G_Z1.sum(axis=0), W2, b2


# %% repair | leave their lines as they are
def repaired_step(X, Y, W1, b1, W2, b2, rate):
    A1 = sigmoid(X @ W1 + b1)
    G = 2 * (A1 @ W2 + b2 - Y) / Y.size
    G_Z1 = G @ W2.T * A1 * (1 - A1)
    W2 = W2 - rate * A1.T @ G
    b2 = b2 - rate * G.mean(axis=0)
    return W1 - rate * X.T @ G_Z1, b1 - rate * G_Z1.sum(axis=0), W2, b2


# %% repair | A parameter has lost its shape
def repaired_step(X, Y, W1, b1, W2, b2, rate):
    A1 = sigmoid(X @ W1 + b1)
    G = 2 * (A1 @ W2 + b2 - Y) / Y.size
    G_Z1 = G @ W2.T * A1 * (1 - A1)
    W2 = W2 - rate * A1.T @ G
    b2 = b2 - rate * G.sum(axis=0)
    return W1 - rate * X.T @ G_Z1, b1 - rate * G_Z1, W2, b2
