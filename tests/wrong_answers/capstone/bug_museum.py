# %% descend | The result is of integers
def descend(start, gradient, rate, beta, steps):
    return broken_descend(start, gradient, rate, beta, steps)


# %% descend | np.zeros_like takes the type too
def descend(start, gradient, rate, beta, steps):
    w, v = np.array(start, dtype=float), np.zeros_like(start)
    for _ in range(steps):
        v[:] = beta * v + gradient(w)
        w -= rate * v
    return w


# %% descend | np.asarray makes no copy
def descend(start, gradient, rate, beta, steps):
    w = np.asarray(start, dtype=float)
    v = np.zeros_like(w)
    for _ in range(steps):
        v[:] = beta * v + gradient(w)
        w -= rate * v
    return w


# %% descend | where is beta
def descend(start, gradient, rate, beta, steps):
    w = np.array(start, dtype=float)
    for _ in range(steps):
        w -= rate * gradient(w)
    return w


# %% mse-tensorflow | compared with every target
def mse_tensorflow(predicted, y):
    return tf.reduce_mean((predicted - y) ** 2)


# %% mse-tensorflow | This is the sum
def mse_tensorflow(predicted, y):
    return tf.reduce_sum((predicted[:, 0] - y) ** 2)


# %% mse-tensorflow | take the mean
def mse_tensorflow(predicted, y):
    return (predicted[:, 0] - y) ** 2


# %% mse-tensorflow | No gradient flows
def mse_tensorflow(predicted, y):
    return np.mean((predicted.numpy()[:, 0] - y.numpy()) ** 2)


# %% mse-tensorflow | pass silently
def mse_tensorflow(predicted, y):
    return tf.reduce_mean((predicted[:, 0] - y) ** 2)


# %% mse-pytorch | compared with every target
def mse_torch(predicted, y):
    return ((predicted - y) ** 2).mean()


# %% mse-pytorch | This is the sum
def mse_torch(predicted, y):
    return ((predicted[:, 0] - y) ** 2).sum()


# %% mse-pytorch | No gradient flows
def mse_torch(predicted, y):
    return ((predicted.detach()[:, 0] - y) ** 2).mean()


# %% mse-pytorch | pass silently
def mse_torch(predicted, y):
    return ((predicted[:, 0] - y) ** 2).mean()


# %% norm | which axis are the units
def layer_norm(Z, epsilon=1e-5):
    return broken_norm(Z, epsilon)


# %% norm | keepdims=True
def layer_norm(Z, epsilon=1e-5):
    Z = Z - Z.mean(axis=1)
    return Z / np.sqrt((Z**2).mean(axis=1) + epsilon)


# %% norm | name the axis
def layer_norm(Z, epsilon=1e-5):
    Z = Z - Z.mean()
    return Z / np.sqrt((Z**2).mean() + epsilon)


# %% norm | A row of equal numbers gives NaN
def layer_norm(Z, epsilon=1e-5):
    Z = Z - Z.mean(axis=1, keepdims=True)
    return Z / np.sqrt((Z**2).mean(axis=1, keepdims=True))


# %% norm | do not have variance 1
def layer_norm(Z, epsilon=1e-5):
    Z = Z - Z.mean(axis=1, keepdims=True)
    return Z / ((Z**2).mean(axis=1, keepdims=True) + epsilon)


# %% norm | With a large epsilon
def layer_norm(Z, epsilon=1e-5):
    Z = Z - Z.mean(axis=1, keepdims=True)
    return Z / (np.sqrt((Z**2).mean(axis=1, keepdims=True)) + epsilon / 8)


# %% binary-tensorflow | the sigmoid is applied twice
def binary_tensorflow(scores, y):
    p = tf.sigmoid(scores)
    return keras.losses.BinaryCrossentropy(from_logits=True)(y, p)


# %% binary-tensorflow | Sure and wrong must cost 1000
def binary_tensorflow(scores, y):
    return broken_tensorflow(scores, y)


# %% binary-tensorflow | in each other's place
def binary_tensorflow(scores, y):
    return tf.reduce_mean(tf.nn.softplus(scores) - (1 - y) * scores)


# %% binary-tensorflow | The sum: take the mean
def binary_tensorflow(scores, y):
    return tf.reduce_sum(tf.nn.softplus(scores) - y * scores) / (
        len(y) if np.abs(scores).max() > 100 else 1
    )


# %% binary-tensorflow | take the mean
def binary_tensorflow(scores, y):
    return tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=scores)


# %% binary-pytorch | the sigmoid is applied twice
def binary_torch(scores, y):
    return broken_torch(scores, y)


# %% binary-pytorch | Sure and wrong must cost 1000
def binary_torch(scores, y):
    p = torch.sigmoid(scores)
    return torch.nn.functional.binary_cross_entropy(p, y)


# %% binary-pytorch | in each other's place
def binary_torch(scores, y):
    return (torch.nn.functional.softplus(scores) - (1 - y) * scores).mean()


# %% binary-pytorch | take the mean
def binary_torch(scores, y):
    return torch.nn.functional.binary_cross_entropy_with_logits(
        scores, y, reduction="none"
    )


# %% accumulate | zero_grad stands inside the loop
def accumulated_step(model, optimizer, cost, parts):
    broken_step(model, optimizer, cost, parts)


# %% accumulate | the sum of means is no mean
def accumulated_step(model, optimizer, cost, parts):
    optimizer.zero_grad()
    for X, y in parts:
        cost(model(X), y).backward()
    optimizer.step()


# %% accumulate | one step, after the loop
def accumulated_step(model, optimizer, cost, parts):
    for X, y in parts:
        optimizer.zero_grad()
        cost(model(X), y).backward()
        optimizer.step()


# %% accumulate | weigh each mean by its examples
def accumulated_step(model, optimizer, cost, parts):
    optimizer.zero_grad()
    for X, y in parts:
        (cost(model(X), y) / len(parts)).backward()
    optimizer.step()


# %% accumulate | was left from before
def accumulated_step(model, optimizer, cost, parts):
    n = sum(len(X) for X, _ in parts)
    for X, y in parts:
        (cost(model(X), y) * len(X) / n).backward()
    optimizer.step()
    optimizer.zero_grad()


# %% accumulate | No weight moved
def accumulated_step(model, optimizer, cost, parts):
    optimizer.zero_grad()
    for X, y in parts:
        cost(model(X), y).backward()


# %% apart | Steps are counted from 1
def first_difference(path, oracle, rtol=1e-6):
    same = np.isclose(path, oracle, rtol=rtol, atol=0)
    steps = np.flatnonzero(~same.reshape(len(same), -1).all(axis=1))
    return int(steps[0]) if len(steps) else None


# %% apart | the last step at which they differ
def first_difference(path, oracle, rtol=1e-6):
    same = np.isclose(path, oracle, rtol=rtol, atol=0)
    steps = np.flatnonzero(~same.reshape(len(same), -1).all(axis=1))
    return int(steps[-1]) + 1 if len(steps) else None


# %% apart | all must agree, not any
def first_difference(path, oracle, rtol=1e-6):
    same = np.isclose(path, oracle, rtol=rtol, atol=0)
    steps = np.flatnonzero(~same.reshape(len(same), -1).any(axis=1))
    return int(steps[0]) + 1 if len(steps) else None


# %% apart | return None
def first_difference(path, oracle, rtol=1e-6):
    same = np.isclose(path, oracle, rtol=rtol, atol=0)
    return int(np.argmin(same.reshape(len(same), -1).all(axis=1))) + 1


# %% apart | NaN differs from every number
def first_difference(path, oracle, rtol=1e-6):
    far = np.abs(path - oracle) > rtol * np.abs(oracle)
    steps = np.flatnonzero(far.reshape(len(far), -1).any(axis=1))
    return int(steps[0]) + 1 if len(steps) else None


# %% apart | NaN is not equal to NaN
def first_difference(path, oracle, rtol=1e-6):
    same = np.isclose(path, oracle, rtol=rtol, atol=0, equal_nan=True)
    steps = np.flatnonzero(~same.reshape(len(same), -1).all(axis=1))
    return int(steps[0]) + 1 if len(steps) else None


# %% apart | unless atol=0
def first_difference(path, oracle, rtol=1e-6):
    same = np.isclose(path, oracle, rtol=rtol)
    steps = np.flatnonzero(~same.reshape(len(same), -1).all(axis=1))
    return int(steps[0]) + 1 if len(steps) else None
