# %% gates | NAND gives the opposite
def gates():
    return {
        "NAND": (1, 1, -1.5),
        "NOR": (-1, -1, 0.5),
        "BUT NOT": (1, -1, -0.5),
    }


# %% gates | comes closer than 0.25 to zero
def gates():
    return {"NAND": (-1, -1, 1), "NOR": (-1, -1, 0), "BUT NOT": (1, -1, -1)}


# %% gates | BUT NOT answers
def gates():
    return {
        "NAND": (-1, -1, 1.5),
        "NOR": (-1, -1, 0.5),
        "BUT NOT": (1, 1, -0.5),
    }


# %% gates | The keys are
def gates():
    return {"NAND": (-1, -1, 1.5), "NOR": (-1, -1, 0.5)}


# %% separable | NOR needs negative weights
def separable(X, wanted):
    n, d = X.shape
    signs = np.where(np.asarray(wanted) == 1, 1, -1)[:, None]
    rows = -signs * np.hstack([X, np.ones((n, 1))])
    free = [(0, None)] * d + [(None, None)]
    return linprog(np.zeros(d + 1), rows, -np.ones(n), bounds=free).success


# %% separable | AND, moved far from the origin
def separable(X, wanted):
    n, d = X.shape
    signs = np.where(np.asarray(wanted) == 1, 1, -1)[:, None]
    rows = -signs * np.hstack([X, X[:, :1] * 0 + (X.max() < 5)])
    free = [(None, None)] * (d + 1)
    return linprog(np.zeros(d + 1), rows, -np.ones(n), bounds=free).success


# %% separable | are all variables free to be negative
def separable(X, wanted):
    n, d = X.shape
    signs = np.where(np.asarray(wanted) == 1, 1, -1)[:, None]
    rows = -signs * np.hstack([X, np.ones((n, 1))])
    return linprog(np.zeros(d + 1), rows, -np.ones(n)).success


# %% separable | three coordinates
def separable(X, wanted):
    signs = np.where(np.asarray(wanted) == 1, 1, -1)[:, None]
    rows = -signs * np.hstack([X, np.ones((len(X), 1))])
    free = [(None, None)] * 3
    return linprog(np.zeros(3), rows, -np.ones(len(X)), bounds=free).success


# %% separable | XOR cannot be separated
def separable(X, wanted):
    n, d = X.shape
    signs = np.where(np.asarray(wanted) == 1, 1, -1)[:, None]
    rows = -signs * np.hstack([X, np.ones((n, 1))])
    free = [(None, None)] * (d + 1)
    return linprog(np.zeros(d + 1), rows, np.zeros(n), bounds=free).success


# %% parity | Where the sum is 3, 1 is wanted
def parity():
    W2 = np.array([[1.0], [-2.0], [0.0]])
    return np.ones((3, 3)), np.array([0.0, -1.0, -2.0]), W2, np.zeros(1)


# %% parity | Where the sum is 2, 0 is wanted
def parity():
    W2 = np.array([[1.0], [-1.0], [1.0]])
    return np.ones((3, 3)), np.array([0.0, -1.0, -2.0]), W2, np.zeros(1)


# %% parity | Where the sum is 0, 0 is wanted
def parity():
    W2 = np.array([[1.0], [-2.0], [2.0]])
    return np.ones((3, 3)), np.array([0.0, -1.0, -2.0]), W2, np.ones(1)


# %% parity | W2 is (3, 1)
def parity():
    W2 = np.array([1.0, -2.0, 2.0])
    return np.ones((3, 3)), np.array([0.0, -1.0, -2.0]), W2, np.zeros(1)


# %% build-tensorflow | has no bend
def keras_net(W1, b1, W2, b2):
    model = keras.Sequential([keras.Input((len(W1),), dtype="float64")])
    model.add(keras.layers.Dense(b1.size, dtype="float64"))
    model.add(keras.layers.Dense(b2.size, dtype="float64"))
    model.set_weights([W1, b1, W2, b2])
    return model


# %% build-tensorflow | has a ReLU too
def keras_net(W1, b1, W2, b2):
    model = keras.Sequential([keras.Input((len(W1),), dtype="float64")])
    model.add(keras.layers.Dense(b1.size, "relu", dtype="float64"))
    model.add(keras.layers.Dense(b2.size, "relu", dtype="float64"))
    model.set_weights([W1, b1, W2, b2])
    return model


# %% build-tensorflow | do not transpose
def keras_net(W1, b1, W2, b2):
    model = keras.Sequential([keras.Input((len(W1),), dtype="float64")])
    model.add(keras.layers.Dense(b1.size, "relu", dtype="float64"))
    model.add(keras.layers.Dense(b2.size, dtype="float64"))
    model.set_weights([W1.T, b1, W2.T, b2])
    return model


# %% build-tensorflow | in keras.Input as well
def keras_net(W1, b1, W2, b2):
    model = keras.Sequential([keras.Input((len(W1),))])
    model.add(keras.layers.Dense(b1.size, "relu", dtype="float64"))
    model.add(keras.layers.Dense(b2.size, dtype="float64"))
    model.set_weights([W1, b1, W2, b2])
    return model


# %% build-pytorch | between the two Linear layers
def torch_net(W1, b1, W2, b2):
    model = torch.nn.Sequential(
        torch.nn.Linear(*W1.shape, dtype=torch.float64),
        torch.nn.Linear(*W2.shape, dtype=torch.float64),
    )
    tensors = [torch.from_numpy(a.T) for a in (W1, b1, W2, b2)]
    model.load_state_dict(dict(zip(model.state_dict(), tensors, strict=True)))
    return model


# %% build-pytorch | load the transpose
def torch_net(W1, b1, W2, b2):
    model = torch.nn.Sequential(
        torch.nn.Linear(*W1.shape, dtype=torch.float64),
        torch.nn.ReLU(),
        torch.nn.Linear(*W2.shape, dtype=torch.float64),
    )
    with torch.no_grad():
        for p, a in zip(model.parameters(), (W1, b1, W2, b2), strict=True):
            p.copy_(torch.from_numpy(a))
    return model


# %% build-pytorch | float32 unless told otherwise
def torch_net(W1, b1, W2, b2):
    model = torch.nn.Sequential(
        torch.nn.Linear(*W1.shape),
        torch.nn.ReLU(),
        torch.nn.Linear(*W2.shape),
    )
    tensors = [torch.from_numpy(a.T) for a in (W1, b1, W2, b2)]
    model.load_state_dict(dict(zip(model.state_dict(), tensors, strict=True)))
    return model


# %% rate | the share of points
def success_rate(outputs, wanted):
    return np.mean(np.abs(outputs - wanted) < 0.25)


# %% rate | This is a count
def success_rate(outputs, wanted):
    return np.sum(np.all(np.abs(outputs - wanted) < 0.25, axis=(1, 2)))


# %% rate | not any
def success_rate(outputs, wanted):
    return np.mean(np.any(np.abs(outputs - wanted) < 0.25, axis=(1, 2)))


# %% rate | take the size of the difference
def success_rate(outputs, wanted):
    return np.mean(np.all(outputs - wanted < 0.25, axis=(1, 2)))


# %% repair | where does the bend have to stand
def repaired(X, W1, b1, W2, b2):
    return broken(X, W1, b1, W2, b2)


# %% repair | no bend left
def repaired(X, W1, b1, W2, b2):
    return (X @ W1 + b1) @ W2 + b2


# %% repair | a ReLU after the last layer
def repaired(X, W1, b1, W2, b2):
    hidden = np.maximum(X @ W1 + b1, 0)
    return np.maximum(hidden @ W2 + b2, 0)


# %% repair | The bias b2 is lost
def repaired(X, W1, b1, W2, b2):
    return np.maximum(X @ W1 + b1, 0) @ W2


# %% separable | does every row carry its sign s
def separable(X, wanted):
    n, d = X.shape
    rows = -np.hstack([X, np.ones((n, 1))])
    free = [(None, None)] * (d + 1)
    return linprog(np.zeros(d + 1), rows, -np.ones(n), bounds=free).success
