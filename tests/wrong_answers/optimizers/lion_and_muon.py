# %% lion | beta1 is for the step only
def lion_step(w, m, g, rate, beta1, beta2, decay):
    m = beta1 * m + (1 - beta1) * g
    return w - rate * (np.sign(m) + decay * w), m


# %% lion | the sign of the gradient alone
def lion_step(w, m, g, rate, beta1, beta2, decay):
    w = w - rate * (np.sign(g) + decay * w)
    return w, beta2 * m + (1 - beta2) * g


# %% lion | inside the sign where its size is lost
def lion_step(w, m, g, rate, beta1, beta2, decay):
    c = beta1 * m + (1 - beta1) * g
    new = beta2 * m + (1 - beta2) * g
    return w - rate * np.sign(new + 0 * c), new


# %% lion | The sign is missing
def lion_step(w, m, g, rate, beta1, beta2, decay):
    c = beta1 * m + (1 - beta1) * g
    return w - rate * (c + decay * w), beta2 * m + (1 - beta2) * g


# %% lion | multiplied by the learning rate
def lion_step(w, m, g, rate, beta1, beta2, decay):
    c = beta1 * m + (1 - beta1) * g
    return w - rate * np.sign(c) - decay * w, beta2 * m + (1 - beta2) * g


# %% orthogonalize | The division by the length is missing
def orthogonalize(G, abc, rounds):
    a, b, c = abc
    X = G
    for _ in range(rounds):
        A = X @ X.T
        X = a * X + b * A @ X + c * A @ A @ X
    return X


# %% orthogonalize | take the whole length
def orthogonalize(G, abc, rounds):
    a, b, c = abc
    X = G / np.linalg.norm(G, 2)
    for _ in range(rounds):
        A = X @ X.T
        X = a * X + b * A @ X + c * A @ A @ X
    return X


# %% orthogonalize | are all rounds made
def orthogonalize(G, abc, rounds):
    a, b, c = abc
    X = G / np.linalg.norm(G)
    A = X @ X.T
    return a * X + b * A @ X + c * A @ A @ X


# %% orthogonalize | the last term is s^5
def orthogonalize(G, abc, rounds):
    a, b, c = abc
    X = G / np.linalg.norm(G)
    for _ in range(rounds):
        A = X @ X.T
        X = a * X + b * A @ X + c * A @ A @ A @ X
    return X


# %% rounds | One too many
def rounds_needed(s, abc):
    a, b, c = abc
    if s >= 0.5:
        return 0
    count = 1
    while s < 0.5:
        s = a * s + b * s**3 + c * s**5
        count += 1
    return count


# %% rounds | the cubic term is missing
def rounds_needed(s, abc):
    count = 0
    while s < 0.5:
        s = abc[0] * s
        count += 1
    return count


# %% rounds | nothing is needed
def rounds_needed(s, abc):
    a, b, c = abc
    count = 0
    while True:
        s = a * s + b * s**3 + c * s**5
        count += 1
        if s >= 0.5:
            return count


# %% scale | The factor 0.2 is missing
def scales(n_in, n_out):
    torch_scale = max(1, n_out / n_in) ** 0.5
    return {"keras": max(n_in, n_out) ** 0.5, "torch": torch_scale}


# %% scale | In and out are exchanged
def scales(n_in, n_out):
    return {
        "keras": 0.2 * max(n_in, n_out) ** 0.5,
        "torch": max(1, n_in / n_out) ** 0.5,
    }


# %% scale | not the default
def scales(n_in, n_out):
    both = 0.2 * max(n_in, n_out) ** 0.5
    return {"keras": both, "torch": both}


# %% scale | never below 1
def scales(n_in, n_out):
    return {
        "keras": 0.2 * max(n_in, n_out) ** 0.5,
        "torch": (n_out / n_in) ** 0.5,
    }


# %% sort-tensorflow | exclude it by its name
def sort_keras(model, rate):
    return keras.optimizers.Muon(rate)


# %% sort-tensorflow | there is one optimizer
def sort_keras(model, rate):
    return keras.optimizers.AdamW(rate)


# %% sort-tensorflow | Everything is excluded
def sort_keras(model, rate):
    names = [layer.name for layer in model.layers]
    return keras.optimizers.Muon(rate, exclude_layers=names)


# %% sort-tensorflow | The first layer is excluded
def sort_keras(model, rate):
    first = model.layers[0].name
    return keras.optimizers.Muon(rate, exclude_layers=[first])


# %% sort-tensorflow | The learning rate is lost
def sort_keras(model, rate):
    return keras.optimizers.Muon(exclude_layers=[model.layers[-1].name])


# %% sort-pytorch | give the biases to AdamW
def sort_torch(model, rate):
    muon = torch.optim.Muon(model.parameters(), lr=rate)
    return muon, torch.optim.AdamW(model.parameters(), lr=rate)


# %% sort-pytorch | not one for Muon
def sort_torch(model, rate):
    matrices = [p for p in model.parameters() if p.ndim == 2]
    others = [p for p in model.parameters() if p.ndim != 2]
    muon = torch.optim.Muon(matrices, lr=rate)
    return muon, torch.optim.AdamW(others, lr=rate)


# %% sort-pytorch | moved by neither
def sort_torch(model, rate):
    matrices = [p for p in model.parameters() if p.ndim == 2][:-1]
    others = [p for p in model.parameters() if p.ndim != 2]
    muon = torch.optim.Muon(matrices, lr=rate)
    return muon, torch.optim.AdamW(others, lr=rate)


# %% sort-pytorch | moved by both
def sort_torch(model, rate):
    matrices = [p for p in model.parameters() if p.ndim == 2][:-1]
    muon = torch.optim.Muon(matrices, lr=rate)
    return muon, torch.optim.AdamW(model.parameters(), lr=rate)


# %% sort-pytorch | The scale is not that of Keras
def sort_torch(model, rate):
    matrices = [p for p in model.parameters() if p.ndim == 2][:-1]
    own = {id(p) for p in matrices}
    others = [p for p in model.parameters() if id(p) not in own]
    muon = torch.optim.Muon(matrices, lr=rate)
    return muon, torch.optim.AdamW(others, lr=rate)


# %% repair | after the momentum
def repaired(gradients, w, rate, beta):
    return broken(gradients, w, rate, beta)


# %% repair | the momentum is lost
def repaired(gradients, w, rate, beta):
    path = [w]
    for g in gradients:
        w = w - rate * exact(g)
        path.append(w)
    return np.array(path)


# %% repair | Nothing is orthogonalized
def repaired(gradients, w, rate, beta):
    v, path = np.zeros_like(w), [w]
    for g in gradients:
        v = beta * v + g
        w = w - rate * v
        path.append(w)
    return np.array(path)


# %% repair | v adds up the gradients as they are
def repaired(gradients, w, rate, beta):
    v, path = np.zeros_like(w), [w]
    for g in gradients:
        v = beta * v + exact(g)
        w = w - rate * exact(v)
        path.append(w)
    return np.array(path)
