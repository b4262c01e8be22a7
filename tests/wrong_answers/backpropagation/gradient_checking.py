# %% one-sided | the term with f'' is still there
def one_sided(f, w, h):
    return (f(w + h) - f(w)) / h


# %% one-sided | use no value from the left
def one_sided(f, w, h):
    return (f(w + h) - f(w - h)) / (2 * h)


# %% one-sided | twice the slope
def one_sided(f, w, h):
    return (-3 * f(w) + 4 * f(w + h) - f(w + 2 * h)) / h


# %% one-sided | The sign is wrong
def one_sided(f, w, h):
    return (1.5 * f(w) - 2 * f(w + h) + 0.5 * f(w + 2 * h)) / h


# %% one-sided | Divide by h
def one_sided(f, w, h):
    return -1.5 * f(w) + 2 * f(w + h) - 0.5 * f(w + 2 * h)


# %% one-sided | use return
def one_sided(f, w, h):
    print((-1.5 * f(w) + 2 * f(w + h) - 0.5 * f(w + 2 * h)) / h)


# %% best | The factor p is missing
def best_step(A, p, B):
    return (B / A) ** (1 / (p + 1))


# %% best | The exponent is 1 / (p + 1)
def best_step(A, p, B):
    return (B / (p * A)) ** (1 / p)


# %% best | is B above and A below
def best_step(A, p, B):
    return (p * A / B) ** (1 / (p + 1))


# %% best | a step 2 % away has a smaller sum
def best_step(A, p, B):
    return (B / (2 * A)) ** (1 / 3)


# %% complex-tensorflow | one entry at a time
def complex_gradient_tensorflow(f, x, h=1e-20):
    return tf.math.imag(f(tf.constant(x + 1j * h))).numpy() / h


# %% complex-tensorflow | Divide the imaginary part by h
def complex_gradient_tensorflow(f, x, h=1e-20):
    rows = x + 1j * h * np.eye(len(x))
    return np.array([tf.math.imag(f(tf.constant(z))).numpy() for z in rows])


# %% complex-tensorflow | This is the value of f
def complex_gradient_tensorflow(f, x, h=1e-20):
    rows = x + 1j * h * np.eye(len(x))
    values = [tf.math.real(f(tf.constant(z))).numpy() for z in rows]
    return np.array(values) / h


# %% complex-tensorflow | use complex128
def complex_gradient_tensorflow(f, x, h=1e-20):
    rows = (x + 1j * h * np.eye(len(x))).astype(np.complex64)
    return np.array([float(tf.math.imag(f(tf.constant(z)))) / h for z in rows])


# %% complex-tensorflow | does every entry start from x again
def complex_gradient_tensorflow(f, x, h=1e-20):
    z, gradient = x.astype(complex), np.zeros_like(x)
    for i in range(len(x)):
        z[i] += 1j * h
        gradient[i] = tf.math.imag(f(tf.constant(z))).numpy() / h
    return gradient


# %% complex-tensorflow | take the imaginary part
def complex_gradient_tensorflow(f, x, h=1e-20):
    rows = x + 1j * h * np.eye(len(x))
    return np.array([f(tf.constant(z)).numpy() / h for z in rows])


# %% complex-pytorch | one entry at a time
def complex_gradient_torch(f, x, h=1e-20):
    return f(torch.from_numpy(x + 1j * h)).imag.numpy() / h


# %% complex-pytorch | Every entry holds the sum of all
def complex_gradient_torch(f, x, h=1e-20):
    return np.full(len(x), f(torch.from_numpy(x + 1j * h)).imag.item() / h)


# %% complex-pytorch | Divide the imaginary part by h
def complex_gradient_torch(f, x, h=1e-20):
    rows = x + 1j * h * np.eye(len(x))
    return np.array([f(torch.from_numpy(z)).imag.item() for z in rows])


# %% complex-pytorch | This is the value of f
def complex_gradient_torch(f, x, h=1e-20):
    rows = x + 1j * h * np.eye(len(x))
    return np.array([f(torch.from_numpy(z)).real.item() / h for z in rows])


# %% complex-pytorch | and no difference
def complex_gradient_torch(f, x, h=1e-20):
    rows = 1e-6 * np.eye(len(x))
    up = [f(torch.from_numpy(x + r + 0j)).real.item() for r in rows]
    down = [f(torch.from_numpy(x - r + 0j)).real.item() for r in rows]
    return (np.array(up) - np.array(down)) / 2e-6


# %% check | The parameters were changed
def check(f, theta, gradient, h=1e-5):
    errors = []
    for V, G in zip(theta, gradient):
        measured = np.zeros_like(V)
        for i in np.ndindex(V.shape):
            V[i] += h
            up = f(theta)
            V[i] -= 2 * h
            measured[i] = (up - f(theta)) / (2 * h)
        size = max(np.linalg.norm(G), np.linalg.norm(measured))
        error = np.linalg.norm(G - measured)
        errors.append(error / size if size > 0 else np.nan)
    return errors


# %% check | This is the absolute error
def check(f, theta, gradient, h=1e-5):
    errors = []
    for k, (V, G) in enumerate(zip(theta, gradient)):
        measured = np.zeros_like(V)
        for i in np.ndindex(V.shape):
            nudge = np.zeros_like(V)
            nudge[i] = h
            up = f([*theta[:k], V + nudge, *theta[k + 1 :]])
            down = f([*theta[:k], V - nudge, *theta[k + 1 :]])
            measured[i] = (up - down) / (2 * h)
        error = np.linalg.norm(G - measured)
        errors.append(error if measured.any() or G.any() else np.nan)
    return errors


# %% check | both gradients are zero, which is NaN
def check(f, theta, gradient, h=1e-5):
    errors = []
    for k, (V, G) in enumerate(zip(theta, gradient)):
        measured = np.zeros_like(V)
        for i in np.ndindex(V.shape):
            nudge = np.zeros_like(V)
            nudge[i] = h
            up = f([*theta[:k], V + nudge, *theta[k + 1 :]])
            down = f([*theta[:k], V - nudge, *theta[k + 1 :]])
            measured[i] = (up - down) / (2 * h)
        size = max(np.linalg.norm(G), np.linalg.norm(measured), 1e-30)
        errors.append(np.linalg.norm(G - measured) / size)
    return errors


# %% check | too large for a central difference
def check(f, theta, gradient, h=1e-5):
    errors, start = [], f(theta)
    for k, (V, G) in enumerate(zip(theta, gradient)):
        measured = np.zeros_like(V)
        for i in np.ndindex(V.shape):
            nudge = np.zeros_like(V)
            nudge[i] = h
            up = f([*theta[:k], V + nudge, *theta[k + 1 :]])
            measured[i] = (up - start) / h
        size = max(np.linalg.norm(G), np.linalg.norm(measured))
        error = np.linalg.norm(G - measured)
        errors.append(error / size if size > 0 else np.nan)
    return errors


# %% check | by the larger of the two norms, not by that of the gradient
def check(f, theta, gradient, h=1e-5):
    errors = []
    for k, (V, G) in enumerate(zip(theta, gradient)):
        measured = np.zeros_like(V)
        for i in np.ndindex(V.shape):
            nudge = np.zeros_like(V)
            nudge[i] = h
            up = f([*theta[:k], V + nudge, *theta[k + 1 :]])
            down = f([*theta[:k], V - nudge, *theta[k + 1 :]])
            measured[i] = (up - down) / (2 * h)
        size = np.linalg.norm(G)
        error = np.linalg.norm(G - measured)
        errors.append(error / size if size > 0 else np.nan)
    return errors


# %% check | not the worst entry
def check(f, theta, gradient, h=1e-5):
    errors = []
    for k, (V, G) in enumerate(zip(theta, gradient)):
        measured = np.zeros_like(V)
        for i in np.ndindex(V.shape):
            nudge = np.zeros_like(V)
            nudge[i] = h
            up = f([*theta[:k], V + nudge, *theta[k + 1 :]])
            down = f([*theta[:k], V - nudge, *theta[k + 1 :]])
            measured[i] = (up - down) / (2 * h)
        size = np.maximum(np.abs(G), np.abs(measured))
        if not size.any():
            errors.append(np.nan)
            continue
        errors.append(np.max(np.abs(G - measured) / size))
    return errors


# %% check | One number for each of the three arrays
def check(f, theta, gradient, h=1e-5):
    return 0.0


# %% sides | not units
def sides_changed(X, W, b, V_W, V_b, h):
    up = X @ (W + h * V_W) + b + h * V_b > 0
    down = X @ (W - h * V_W) + b - h * V_b > 0
    return np.sum(np.any(up != down, axis=0))


# %% sides | not 0 with h
def sides_changed(X, W, b, V_W, V_b, h):
    down = X @ (W - h * V_W) + b - h * V_b > 0
    return np.sum(down != (X @ W + b > 0))


# %% sides | compare both ends
def sides_changed(X, W, b, V_W, V_b, h):
    up = X @ (W + h * V_W) + b + h * V_b > 0
    return np.sum(up != (X @ W + b > 0))


# %% sides | only the signs
def sides_changed(X, W, b, V_W, V_b, h):
    up = X @ (W + h * V_W) + b + h * V_b
    down = X @ (W - h * V_W) + b - h * V_b
    return np.sum(up != down)


# %% sides | The direction of the biases counts too
def sides_changed(X, W, b, V_W, V_b, h):
    up = X @ (W + h * V_W) + b > 0
    down = X @ (W - h * V_W) + b > 0
    return np.sum(up != down)


# %% sides | The count is one number
def sides_changed(X, W, b, V_W, V_b, h):
    up = X @ (W + h * V_W) + b + h * V_b > 0
    down = X @ (W - h * V_W) + b - h * V_b > 0
    return up != down


# %% repair | still averaged twice
def repaired(theta, X, Y):
    W1, b1, W2, b2 = theta
    A1 = sigmoid(X @ W1 + b1)
    G_Z2 = 2 * (A1 @ W2 + b2 - Y) / len(X)
    G_Z1 = G_Z2 @ W2.T * A1 * (1 - A1)
    return [X.T @ G_Z1, G_Z1.sum(axis=0), A1.T @ G_Z2, G_Z2.mean(axis=0)]


# %% repair | the slope of the sigmoid is A1 (1 - A1)
def repaired(theta, X, Y):
    W1, b1, W2, b2 = theta
    A1 = sigmoid(X @ W1 + b1)
    G_Z2 = 2 * (A1 @ W2 + b2 - Y) / len(X)
    G_Z1 = G_Z2 @ W2.T * sigmoid(A1) * (1 - sigmoid(A1))
    return [X.T @ G_Z1, G_Z1.sum(axis=0), A1.T @ G_Z2, G_Z2.sum(axis=0)]


# %% repair | The gradient of W2 was right
def repaired(theta, X, Y):
    W1, b1, W2, b2 = theta
    A1 = sigmoid(X @ W1 + b1)
    G_Z2 = 2 * (A1 @ W2 + b2 - Y)
    G_Z1 = G_Z2 @ W2.T * A1 * (1 - A1) / len(X)
    return [X.T @ G_Z1, G_Z1.sum(axis=0), A1.T @ G_Z2, G_Z2.mean(axis=0)]


# %% repair | Return four gradients
def repaired(theta, X, Y):
    return broken(theta, X, Y)[:2]
