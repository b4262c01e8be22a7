# %% noise | 1 / q**2 is not the answer
def batch_size(q, N):
    return int(np.ceil(1 / max(q, 1e-9) ** 2))


# %% noise | Round up
def batch_size(q, N):
    return int(N / (1 + q**2 * (N - 1)))


# %% noise | is q squared
def batch_size(q, N):
    return int(np.ceil(N / (1 + q * (N - 1)) - 1e-9))


# %% noise | whole number of examples
def batch_size(q, N):
    return N / (1 + q**2 * (N - 1))


# %% noise | would be enough
def batch_size(q, N):
    B = int(np.ceil(N / (1 + q**2 * (N - 1)) - 1e-9))
    return B if B in (1, N) else B + 1


# %% noise | No noise at all takes all the data
def batch_size(q, N):
    return int(np.ceil(N / (1 + q**2 * (N - 1)) - 1e-9)) if q > 0 else 1


# %% deal | The last examples of the epoch are lost
def batches(n, size, epochs, rng, drop_last=False):
    parts = []
    for _ in range(epochs):
        order = rng.permutation(n)
        parts += [order[i * size : (i + 1) * size] for i in range(n // size)]
    return parts


# %% deal | run into each other
def batches(n, size, epochs, rng, drop_last=False):
    order = np.concatenate([rng.permutation(n) for _ in range(epochs)])
    return [order[i : i + size] for i in range(0, len(order), size)]


# %% deal | a draw with replacement
def batches(n, size, epochs, rng, drop_last=False):
    parts = []
    for _ in range(epochs):
        order = rng.integers(n, size=n)
        parts += [order[i : i + size] for i in range(0, n, size)]
    return parts


# %% deal | Every epoch has the same order
def batches(n, size, epochs, rng, drop_last=False):
    order = rng.permutation(n)
    return [order[i : i + size] for i in range(0, n, size)] * epochs


# %% deal | not shuffled
def batches(n, size, epochs, rng, drop_last=False):
    order = np.arange(n)
    return [order[i : i + size] for i in range(0, n, size)] * epochs


# %% deal | With drop_last the batch of 2
def batches(n, size, epochs, rng, drop_last=False):
    parts = []
    for _ in range(epochs):
        order = rng.permutation(n)
        parts += [order[i : i + size] for i in range(0, n, size)]
    return parts


# %% deal | a last batch of full size stays
def batches(n, size, epochs, rng, drop_last=False):
    parts = []
    for _ in range(epochs):
        order = rng.permutation(n)
        new = [order[i : i + size] for i in range(0, n, size)]
        parts += new[:-1] if drop_last else new
    return parts


# %% feed-tensorflow | in the order of the data
def feed_tensorflow(X, y, parts):
    return tf.data.Dataset.from_tensor_slices((X, y)).batch(len(parts[0]))


# %% feed-tensorflow | single examples
def feed_tensorflow(X, y, parts):
    order = np.concatenate(parts)
    return tf.data.Dataset.from_tensor_slices((X[order], y[order]))


# %% feed-tensorflow | is the last lost
def feed_tensorflow(X, y, parts):
    order = np.concatenate(parts)
    data = tf.data.Dataset.from_tensor_slices((X[order], y[order]))
    return data.batch(len(parts[0]), drop_remainder=True)


# %% feed-tensorflow | X was float64
def feed_tensorflow(X, y, parts):
    return tf.data.Dataset.from_generator(
        lambda: ((X[part], y[part]) for part in parts),
        output_signature=(
            tf.TensorSpec((None, X.shape[1]), tf.float32),
            tf.TensorSpec((None,), y.dtype),
        ),
    )


# %% feed-tensorflow | can be read only once
def feed_tensorflow(X, y, parts):
    pairs = ((X[part], y[part]) for part in parts)
    return tf.data.Dataset.from_generator(
        lambda: pairs,
        output_signature=(
            tf.TensorSpec((None, X.shape[1]), X.dtype),
            tf.TensorSpec((None,), y.dtype),
        ),
    )


# %% feed-pytorch | in the order of the data
def feed_torch(X, y, parts):
    data = TensorDataset(torch.from_numpy(X), torch.from_numpy(y))
    return DataLoader(data, batch_size=len(parts[0]))


# %% feed-pytorch | batch_size is 1 unless told otherwise
def feed_torch(X, y, parts):
    data = TensorDataset(torch.from_numpy(X), torch.from_numpy(y))
    return DataLoader(data, sampler=np.concatenate(parts))


# %% feed-pytorch | is the last lost
def feed_torch(X, y, parts):
    data = TensorDataset(torch.from_numpy(X), torch.from_numpy(y))
    order = np.concatenate(parts)
    size = len(parts[0])
    return DataLoader(data, batch_size=size, sampler=order, drop_last=True)


# %% feed-pytorch | X was float64
def feed_torch(X, y, parts):
    data = TensorDataset(torch.Tensor(X), torch.from_numpy(y))
    return DataLoader(data, batch_sampler=parts)


# %% rate | enters with its square
def rate_for(level, s, L):
    return 4 * level / (s + 2 * level * L)


# %% rate | neglects the curvature
def rate_for(level, s, L):
    return 4 * level / s**2


# %% rate | where did a factor 2 go
def rate_for(level, s, L):
    return 2 * level / (s**2 + level * L)


# %% rate | the descent fails
def rate_for(level, s, L):
    return 4 * level / (s**2 - 2 * level * L)


# %% mean | weight by size
def repaired(means, sizes):
    return np.mean(means)


# %% mean | divides by the number of batches
def repaired(means, sizes):
    return np.sum(np.multiply(means, sizes)) / len(sizes)


# %% mean | The last batch is lost
def repaired(means, sizes):
    return np.average(means[:1], weights=sizes[:1])


# %% mean | With equal sizes it is the plain mean
def repaired(means, sizes):
    return np.sum(np.multiply(means, sizes)) / 5
