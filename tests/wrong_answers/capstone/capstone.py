# %% split | The pile train has the shape
def split(X, y, n_val, n_test, rng):
    order = rng.permutation(len(X))
    train, val, test = np.split(order, [n_val, n_val + n_test])
    mean = X[train].mean(axis=0)
    piles = {"train": train, "val": val, "test": test}
    return {name: (X[part] - mean, y[part]) for name, part in piles.items()}


# %% split | This is the mean of all data
def split(X, y, n_val, n_test, rng):
    order = rng.permutation(len(X))
    test, val, train = np.split(order, [n_test, n_test + n_val])
    X = X - X.mean(axis=0)
    piles = {"train": train, "val": val, "test": test}
    return {name: (X[part], y[part]) for name, part in piles.items()}


# %% split | is centered by its own mean
def split(X, y, n_val, n_test, rng):
    order = rng.permutation(len(X))
    test, val, train = np.split(order, [n_test, n_test + n_val])
    piles = {"train": train, "val": val, "test": test}
    return {
        name: (X[part] - X[part].mean(axis=0), y[part])
        for name, part in piles.items()
    }


# %% split | An example stands in two piles
def split(X, y, n_val, n_test, rng):
    order = rng.permutation(len(X))
    train = order[n_val + n_test :]
    val, test = rng.permutation(len(X))[:n_val], order[:n_test]
    mean = X[train].mean(axis=0)
    piles = {"train": train, "val": val, "test": test}
    return {name: (X[part] - mean, y[part]) for name, part in piles.items()}


# %% split | still in the old order
def split(X, y, n_val, n_test, rng):
    order = np.arange(len(X))
    test, val, train = np.split(order, [n_test, n_test + n_val])
    mean = X[train].mean(axis=0)
    piles = {"train": train, "val": val, "test": test}
    return {name: (X[part] - mean, y[part]) for name, part in piles.items()}


# %% split | labels do not belong to their examples
def split(X, y, n_val, n_test, rng):
    X, y = rng.permutation(X), rng.permutation(y)
    order = np.arange(len(X))
    test, val, train = np.split(order, [n_test, n_test + n_val])
    mean = X[train].mean(axis=0)
    piles = {"train": train, "val": val, "test": test}
    return {name: (X[part] - mean, y[part]) for name, part in piles.items()}


# %% split | is not centered
def split(X, y, n_val, n_test, rng):
    order = rng.permutation(len(X))
    test, val, train = np.split(order, [n_test, n_test + n_val])
    piles = {"train": train, "val": val, "test": test}
    return {name: (X[part], y[part]) for name, part in piles.items()}


# %% split | one for each column
def split(X, y, n_val, n_test, rng):
    order = rng.permutation(len(X))
    test, val, train = np.split(order, [n_test, n_test + n_val])
    mean = X[train].mean()
    piles = {"train": train, "val": val, "test": test}
    return {name: (X[part] - mean, y[part]) for name, part in piles.items()}


# %% confusion | Rows and columns are exchanged
def confusion(y, found, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (found, y), 1)
    return counts


# %% confusion | Each pair is counted once only
def confusion(y, found, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    counts[y, found] += 1
    return counts


# %% confusion | also where a class never occurs
def confusion(y, found, n_classes):
    n = max(y.max(), found.max()) + 1
    counts = np.zeros((n, n), dtype=int)
    np.add.at(counts, (y, found), 1)
    return counts


# %% confusion | numbers of examples, not shares
def confusion(y, found, n_classes):
    counts = np.zeros((n_classes, n_classes))
    np.add.at(counts, (y, found), 1)
    return counts / len(y)


# %% dead | This is the share of zeros
def dead_share(parameters, X):
    A, shares = X, []
    for W, b in zip(parameters[:-2:2], parameters[1:-2:2], strict=True):
        A = np.maximum(A @ W + b, 0)
        shares.append(np.mean(A == 0))
    return shares


# %% dead | Two hidden layers, two shares
def dead_share(parameters, X):
    A, shares = X, []
    for W, b in zip(parameters[::2], parameters[1::2], strict=True):
        A = np.maximum(A @ W + b, 0)
        shares.append(np.mean(A.max(axis=0) == 0))
    return shares


# %% dead | wrong axis
def dead_share(parameters, X):
    A, shares = X, []
    for W, b in zip(parameters[:-2:2], parameters[1:-2:2], strict=True):
        A = np.maximum(A @ W + b, 0)
        shares.append(np.mean(A.max(axis=1) == 0))
    return shares


# %% dead | is the ReLU applied
def dead_share(parameters, X):
    A, shares = X, []
    for W, b in zip(parameters[:-2:2], parameters[1:-2:2], strict=True):
        A = A @ W + b
        shares.append(np.mean(A.max(axis=0) == 0))
    return shares


# %% norms-tensorflow | leave the biases out
def norms_keras(model, X, y):
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        loss = loss_of(y, model(X))
    found = tape.gradient(loss, model.trainable_variables)
    return [np.linalg.norm(g.numpy()) for g in found]


# %% norms-tensorflow | These are squared lengths
def norms_keras(model, X, y):
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        loss = loss_of(y, model(X))
    found = tape.gradient(loss, model.trainable_variables)
    return [np.sum(g.numpy() ** 2) for g in found if g.ndim == 2]


# %% norms-tensorflow | does the loss know that it gets logits
def norms_keras(model, X, y):
    loss_of = keras.losses.SparseCategoricalCrossentropy()
    with tf.GradientTape() as tape:
        loss = loss_of(y, model(X))
    found = tape.gradient(loss, model.trainable_variables)
    return [np.linalg.norm(g.numpy()) for g in found if g.ndim == 2]


# %% norms-tensorflow | the sum over the examples
def norms_keras(model, X, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(
            tf.nn.sparse_softmax_cross_entropy_with_logits(y, model(X))
        )
    found = tape.gradient(loss, model.trainable_variables)
    return [np.linalg.norm(g.numpy()) for g in found if g.ndim == 2]


# %% norms-pytorch | The second call gives more
def norms_torch(model, X, y):
    Z = model(torch.from_numpy(X))
    torch.nn.functional.cross_entropy(Z, torch.from_numpy(y)).backward()
    return [p.grad.norm().item() for p in model.parameters() if p.ndim == 2]


# %% norms-pytorch | without a softmax
def norms_torch(model, X, y):
    Z = torch.softmax(model(torch.from_numpy(X)), dim=1)
    loss = torch.nn.functional.cross_entropy(Z, torch.from_numpy(y))
    weights = [p for p in model.parameters() if p.ndim == 2]
    return [g.norm().item() for g in torch.autograd.grad(loss, weights)]


# %% norms-pytorch | leave the biases out
def norms_torch(model, X, y):
    Z = model(torch.from_numpy(X))
    loss = torch.nn.functional.cross_entropy(Z, torch.from_numpy(y))
    weights = list(model.parameters())
    return [g.norm().item() for g in torch.autograd.grad(loss, weights)]


# %% norms-pytorch | the sum over the examples
def norms_torch(model, X, y):
    Z, y = model(torch.from_numpy(X)), torch.from_numpy(y)
    loss = torch.nn.functional.cross_entropy(Z, y, reduction="sum")
    weights = [p for p in model.parameters() if p.ndim == 2]
    return [g.norm().item() for g in torch.autograd.grad(loss, weights)]


# %% save-tensorflow | do not load with compile=False
def keep_keras(model, mean, folder):
    model.save(folder / "model.keras")
    np.save(folder / "mean.npy", mean)
    loaded = keras.models.load_model(folder / "model.keras", compile=False)
    return loaded, np.load(folder / "mean.npy")


# %% save-tensorflow | This is the old model
def keep_keras(model, mean, folder):
    model.save(folder / "model.keras")
    np.save(folder / "mean.npy", mean)
    return model, np.load(folder / "mean.npy")


# %% save-tensorflow | The mean was not loaded
def keep_keras(model, mean, folder):
    model.save(folder / "model.keras")
    return keras.models.load_model(folder / "model.keras"), mean


# %% save-tensorflow | The optimizer starts anew
def keep_keras(model, mean, folder):
    model.save_weights(folder / "model.weights.h5")
    np.save(folder / "mean.npy", mean)
    loaded = keras.models.clone_model(model)
    loaded.set_weights(model.get_weights())
    loaded.compile("adam", model.loss)
    return loaded, np.load(folder / "mean.npy")


# %% save-tensorflow | are the trained weights in it
def keep_keras(model, mean, folder):
    model.save(folder / "model.keras")
    np.save(folder / "mean.npy", mean)
    loaded = keras.models.clone_model(model)
    return loaded, np.load(folder / "mean.npy")


# %% save-pytorch | does not load with weights_only=True
def keep_torch(model, mean, fresh, path):
    torch.save({"model": model, "mean": torch.from_numpy(mean)}, path)
    loaded = torch.load(path, weights_only=False)
    fresh.load_state_dict(loaded["model"].state_dict())
    return loaded["mean"].numpy()


# %% save-pytorch | The mean was not loaded
def keep_torch(model, mean, fresh, path):
    torch.save(model.state_dict(), path)
    fresh.load_state_dict(torch.load(path, weights_only=True))
    return mean


# %% save-pytorch | load_state_dict is missing
def keep_torch(model, mean, fresh, path):
    kept = {"model": model.state_dict(), "mean": torch.from_numpy(mean)}
    torch.save(kept, path)
    return torch.load(path, weights_only=True)["mean"].numpy()


# %% save-pytorch | There is no file at the path
def keep_torch(model, mean, fresh, path):
    fresh.load_state_dict(model.state_dict())
    return mean.copy()


# %% save-pytorch | Both models share their arrays
def keep_torch(model, mean, fresh, path):
    kept = {"model": model.state_dict(), "mean": torch.from_numpy(mean)}
    torch.save(kept, path)
    fresh.load_state_dict(model.state_dict(), assign=True)
    return torch.load(path, weights_only=True)["mean"].numpy()


# %% save-pytorch | Return the mean as a NumPy array
def keep_torch(model, mean, fresh, path):
    kept = {"model": model.state_dict(), "mean": torch.from_numpy(mean)}
    torch.save(kept, path)
    loaded = torch.load(path, weights_only=True)
    fresh.load_state_dict(loaded["model"])
    return loaded["mean"]


# %% repair-tensorflow | Dropout is still at work
def repaired_keras(model, X, y, size=100):
    right = 0
    for i in range(0, len(X), size):
        Z = model(X[i : i + size], training=True)
        right += np.sum(np.argmax(Z, axis=1) == y[i : i + size])
    return right / len(X)


# %% repair-tensorflow | weighs as much as 100
def repaired_keras(model, X, y, size=100):
    shares = []
    for i in range(0, len(X), size):
        Z = model(X[i : i + size], training=False)
        shares.append(np.mean(np.argmax(Z, axis=1) == y[i : i + size]))
    return np.mean(shares)


# %% repair-tensorflow | a number from 0 to 1
def repaired_keras(model, X, y, size=100):
    Z = model.predict(X, batch_size=size, verbose=0)
    return 100 * np.mean(np.argmax(Z, axis=1) == y)


# %% repair-pytorch | call model.eval() first
def repaired_torch(model, X, y, size=100):
    right = 0
    for i in range(0, len(X), size):
        Z = model(torch.from_numpy(X[i : i + size])).detach().numpy()
        right += np.sum(np.argmax(Z, axis=1) == y[i : i + size])
    return right / len(X)


# %% repair-pytorch | leaves in evaluation mode
def repaired_torch(model, X, y, size=100):
    model.eval()
    Z = model(torch.from_numpy(X)).detach().numpy()
    return np.mean(np.argmax(Z, axis=1) == y)


# %% repair-pytorch | leaves in training mode
def repaired_torch(model, X, y, size=100):
    model.eval()
    Z = model(torch.from_numpy(X)).detach().numpy()
    model.train()
    return np.mean(np.argmax(Z, axis=1) == y)


# %% repair-pytorch | weighs as much as 100
def repaired_torch(model, X, y, size=100):
    was_training, shares = model.training, []
    model.eval()
    for i in range(0, len(X), size):
        Z = model(torch.from_numpy(X[i : i + size])).detach().numpy()
        shares.append(np.mean(np.argmax(Z, axis=1) == y[i : i + size]))
    model.train(was_training)
    return np.mean(shares)
