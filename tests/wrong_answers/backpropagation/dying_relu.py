# %% deadly | turns the first example off
def deadly_rate(X, z, G_Z):
    s = (X @ X.T + 1) @ G_Z
    return np.min(z / s) if np.all(s > 0) else np.inf


# %% deadly | The bias moves too
def deadly_rate(X, z, G_Z):
    s = X @ X.T @ G_Z
    return np.max(z / s) if np.all(s > 0) else np.inf


# %% deadly | z is not a parameter
def deadly_rate(X, z, G_Z):
    return np.max(z / G_Z) if np.all(G_Z > 0) else np.inf


# %% deadly | pushed up or stays
def deadly_rate(X, z, G_Z):
    return np.max(z / ((X @ X.T + 1) @ G_Z))


# %% deadly | one number, not one per example
def deadly_rate(X, z, G_Z):
    return z / ((X @ X.T + 1) @ G_Z)


# %% firing-tensorflow | The last layer has no ReLU
def firing_keras(model, X):
    shares, a = [], X
    for layer in model.layers:
        a = layer(a)
        shares.append(np.mean(a.numpy() > 0, axis=0))
    return shares


# %% firing-tensorflow | the share of units for each example
def firing_keras(model, X):
    shares, a = [], X
    for layer in model.layers[:-1]:
        a = layer(a)
        shares.append(np.mean(a.numpy() > 0, axis=1))
    return shares


# %% firing-tensorflow | ask for > 0, not for >= 0
def firing_keras(model, X):
    shares, a = [], X
    for layer in model.layers[:-1]:
        a = layer(a)
        shares.append(np.mean(a.numpy() >= 0, axis=0))
    return shares


# %% firing-tensorflow | the mean output
def firing_keras(model, X):
    shares, a = [], X
    for layer in model.layers[:-1]:
        a = layer(a)
        shares.append(np.mean(a.numpy(), axis=0))
    return shares


# %% firing-pytorch | Ask only after modules that are
def firing_torch(model, X):
    shares, a = [], X
    for module in model:
        a = module(a)
        shares.append((a > 0).double().mean(dim=0).numpy())
    return shares


# %% firing-pytorch | the share of units for each example
def firing_torch(model, X):
    shares, a = [], X
    for module in model:
        a = module(a)
        if isinstance(module, torch.nn.ReLU):
            shares.append((a > 0).double().mean(dim=1).numpy())
    return shares


# %% firing-pytorch | Return NumPy arrays
def firing_torch(model, X):
    shares, a = [], X
    for module in model:
        a = module(a)
        if isinstance(module, torch.nn.ReLU):
            shares.append((a > 0).double().mean(dim=0))
    return shares


# %% firing-pytorch | ask for > 0, not for >= 0
def firing_torch(model, X):
    shares, a = [], X
    for module in model:
        a = module(a)
        if isinstance(module, torch.nn.ReLU):
            shares.append((a >= 0).double().mean(dim=0).numpy())
    return shares


# %% cut | dead is off on all
def cut_out(X, W1, b1, W2):
    live = np.all(X @ W1 + b1 > 0, axis=0)
    return W1[:, live], b1[live], W2[live]


# %% cut | W1 keeps its rows
def cut_out(X, W1, b1, W2):
    live = np.any(X @ W1 + b1 > 0, axis=0)
    return W1, b1[live], W2[live]


# %% cut | W2 keeps its columns
def cut_out(X, W1, b1, W2):
    live = np.any(X @ W1 + b1 > 0, axis=0)
    return W1[:, live], b1[live], W2[:, live]


# %% cut | These are the dead units
def cut_out(X, W1, b1, W2):
    live = np.all(X @ W1 + b1 <= 0, axis=0)
    return W1[:, live], b1[live], W2[live]


# %% wake | The array b was changed
def wake(X, W, b, k):
    S = np.sort(X @ W, axis=0)[::-1]
    dead = S[0] + b <= 0
    b[dead] = (-(S[k - 1] + S[k]) / 2)[dead]
    return b


# %% wake | biases of living units must stay
def wake(X, W, b, k):
    S = np.sort(X @ W, axis=0)[::-1]
    return -(S[k - 1] + S[k]) / 2


# %% wake | They fire on n - k examples
def wake(X, W, b, k):
    S = np.sort(X @ W, axis=0)
    dead = S[-1] + b <= 0
    return np.where(dead, -(S[k - 1] + S[k]) / 2, b)


# %% wake | They are still dead
def wake(X, W, b, k):
    S = np.sort(X @ W, axis=0)[::-1]
    dead = S[0] + b <= 0
    return np.where(dead, b - (S[k - 1] + S[k]) / 2, b)


# %% wake | One example too few or too many
def wake(X, W, b, k):
    S = np.sort(X @ W, axis=0)[::-1]
    dead = S[0] + b <= 0
    return np.where(dead, -(S[k] + S[k + 1]) / 2, b)


# %% wake | not in the middle
def wake(X, W, b, k):
    S = np.sort(X @ W, axis=0)[::-1]
    dead = S[0] + b <= 0
    return np.where(dead, -(0.9 * S[k] + 0.1 * S[k - 1]), b)


# %% decay | the unit wakes
def steps_to_wake(X, w, b, shrink):
    return None  # as if the bias decayed too


# %% decay | take the maximum
def steps_to_wake(X, w, b, shrink):
    if b <= 0:
        return None
    z, steps = np.mean(X @ w), 0
    while z + b <= 0:
        z, steps = shrink * z, steps + 1
    return steps


# %% decay | take the maximum
def steps_to_wake(X, w, b, shrink):
    if b <= 0:
        return None
    z, steps = np.min(X @ w), 0
    while z + b <= 0:
        z, steps = shrink * z, steps + 1
    return steps


# %% decay | One step too early
def steps_to_wake(X, w, b, shrink):
    if b <= 0:
        return None
    return int(np.log(-b / np.max(X @ w)) / np.log(shrink))


# %% decay | z is exactly 0
def steps_to_wake(X, w, b, shrink):
    if b <= 0:
        return None
    return int(np.ceil(np.log(-b / np.max(X @ w)) / np.log(shrink)))


# %% decay | z tends to b, which is not positive
def steps_to_wake(X, w, b, shrink):
    z, steps = np.max(X @ w), 0
    while z + b <= 0 and steps < 1000:
        z, steps = shrink * z, steps + 1
    return steps


# %% repair | Only the last batch counts
def repaired(batches, W, b):
    for X in batches:
        dead = np.all(X @ W + b <= 0, axis=0)
    return dead.mean()


# %% repair | the mean of the shares of the batches
def repaired(batches, W, b):
    return np.mean([np.all(X @ W + b <= 0, axis=0) for X in batches])


# %% repair | the share of examples on which no unit fires
def repaired(batches, W, b):
    dead = [np.all(X @ W + b <= 0, axis=1) for X in batches]
    return np.concatenate(dead).mean()


# %% repair | Two of four units never fire
def repaired(batches, W, b):
    dead = False
    for X in batches:
        dead = dead | np.all(X @ W + b <= 0, axis=0)
    return 1 - dead.mean()
