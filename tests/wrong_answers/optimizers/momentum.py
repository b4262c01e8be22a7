# %% ball | The step goes uphill
def heavy_ball(gradient, w, rates, beta):
    path, v = [w], 0
    for rate in rates:
        v = beta * v + gradient(w)
        w = w + rate * v
        path.append(w)
    return np.array(path)


# %% ball | this is the averaging form
def heavy_ball(gradient, w, rates, beta):
    path, v = [w], 0
    for rate in rates:
        v = beta * v + (1 - beta) * gradient(w)
        w = w - rate * v
        path.append(w)
    return np.array(path)


# %% ball | the velocity is lost
def heavy_ball(gradient, w, rates, beta):
    path = [w]
    for rate in rates:
        v = 0
        v = beta * v + gradient(w)
        w = w - rate * v
        path.append(w)
    return np.array(path)


# %% ball | The learning rate is inside the velocity
def heavy_ball(gradient, w, rates, beta):
    path, u = [w], 0
    for rate in rates:
        u = beta * u - rate * gradient(w)
        w = w + u
        path.append(w)
    return np.array(path)


# %% ball | The caller's array was changed
def heavy_ball(gradient, w, rates, beta):
    path, v = [w.copy()], 0
    for rate in rates:
        v = beta * v + gradient(w)
        w -= rate * v
        path.append(w.copy())
    return np.array(path)


# %% ball | The path has T + 1 places
def heavy_ball(gradient, w, rates, beta):
    path, v = [], 0
    for rate in rates:
        v = beta * v + gradient(w)
        w = w - rate * v
        path.append(w)
    return np.array(path)


# %% radius | NaN where the root is of a negative number
def radius(h, rate, beta):
    middle = (1 + beta - rate * h) / 2
    gap = np.sqrt(middle**2 - beta)
    return np.maximum(np.abs(middle + gap), np.abs(middle - gap))


# %% radius | so each has the size
def radius(h, rate, beta):
    middle = (1 + beta - rate * h) / 2
    gap = np.sqrt(np.maximum(middle**2 - beta, 0))
    large = np.maximum(np.abs(middle + gap), np.abs(middle - gap))
    return np.where(middle**2 < beta, beta, large)


# %% radius | compare sizes, not values
def radius(h, rate, beta):
    middle = (1 + beta - rate * h) / 2
    gap = np.sqrt(middle**2 - beta + 0j)
    return np.abs(middle + gap)


# %% radius | The size is a real number
def radius(h, rate, beta):
    middle = (1 + beta - rate * h) / 2
    return middle + np.sqrt(middle**2 - beta + 0j)


# %% best | This is the factor of gradient descent
def best(mu, L):
    factor = (L / mu - 1) / (L / mu + 1)
    return 4 / (np.sqrt(L) + np.sqrt(mu)) ** 2, factor**2, factor


# %% best | is best for gradient descent
def best(mu, L):
    root = np.sqrt(L / mu)
    factor = (root - 1) / (root + 1)
    return 2 / (L + mu), factor**2, factor


# %% best | so beta is its square
def best(mu, L):
    root = np.sqrt(L / mu)
    factor = (root - 1) / (root + 1)
    return 4 / (np.sqrt(L) + np.sqrt(mu)) ** 2, factor, factor


# %% best | Wrong for mu = 4 and L = 36
def best(mu, L):
    root = np.sqrt(L / mu)
    factor = (root - 1) / (root + 1)
    return 4 / (root + 1) ** 2, factor**2, factor


# %% change-tensorflow | the momentums must be rescaled too
def change_keras(optimizer, rate):
    optimizer.learning_rate = rate


# %% change-tensorflow | The ratio is upside down
def change_keras(optimizer, rate):
    ratio = float(optimizer.learning_rate.numpy()) / rate
    for m in optimizer.momentums:
        m.assign(m * ratio)
    optimizer.learning_rate = rate


# %% change-tensorflow | the momentums must be rescaled too
def change_keras(optimizer, rate):
    optimizer.learning_rate = rate
    ratio = rate / float(optimizer.learning_rate.numpy())
    for m in optimizer.momentums:
        m.assign(m * ratio)


# %% change-tensorflow | The memory is lost
def change_keras(optimizer, rate):
    if rate != float(optimizer.learning_rate.numpy()):
        for m in optimizer.momentums:
            m.assign(m * 0)
    optimizer.learning_rate = rate


# %% change-tensorflow | only a *change* of the rate
def change_keras(optimizer, rate):
    for m in optimizer.momentums:
        m.assign(m * rate)
    optimizer.learning_rate = rate


# %% change-pytorch | the momentum_buffer must be rescaled too
def change_torch(optimizer, rate):
    optimizer.param_groups[0]["lr"] = rate


# %% change-pytorch | The ratio is upside down
def change_torch(optimizer, rate):
    group = optimizer.param_groups[0]
    ratio = rate / group["lr"]
    for p in group["params"]:
        if "momentum_buffer" in optimizer.state[p]:
            optimizer.state[p]["momentum_buffer"] *= ratio
    group["lr"] = rate


# %% change-pytorch | Before the first step there is no momentum_buffer
def change_torch(optimizer, rate):
    group = optimizer.param_groups[0]
    ratio = group["lr"] / rate
    for p in group["params"]:
        optimizer.state[p]["momentum_buffer"] *= ratio
    group["lr"] = rate


# %% change-pytorch | only a *change* of the rate
def change_torch(optimizer, rate):
    group = optimizer.param_groups[0]
    for p in group["params"]:
        if "momentum_buffer" in optimizer.state[p]:
            optimizer.state[p]["momentum_buffer"] *= 1 / rate
    group["lr"] = rate


# %% repair | The velocity is used after it was updated
def repaired(gradient, w, rate, beta, steps):
    return broken(gradient, w, rate, beta, steps)


# %% repair | This is heavy ball
def repaired(gradient, w, rate, beta, steps):
    u, path = np.zeros_like(w), [w]
    for _ in range(steps):
        u = beta * u - rate * gradient(w)
        w = w + u
        path.append(w)
    return np.array(path)


# %% repair | The velocity is lost
def repaired(gradient, w, rate, beta, steps):
    path = [w]
    for _ in range(steps):
        w = w - (1 + beta) * rate * gradient(w)
        path.append(w)
    return np.array(path)


# %% repair | the first gradient counts beta squared
def repaired(gradient, w, rate, beta, steps):
    u, path = np.zeros_like(w), [w]
    for _ in range(steps):
        g = gradient(w)
        w = w + beta * u - (1 + beta) * rate * g
        u = beta * u - rate * g
        path.append(w)
    return np.array(path)


# %% rest | Are the two exchanged
def rest(h, c, lam, beta):
    return {
        "torch": h * c / (h + (1 - beta) * lam),
        "keras": h * c / (h + lam),
    }


# %% rest | In Keras the gradient is enlarged
def rest(h, c, lam, beta):
    return {"torch": h * c / (h + lam), "keras": h * c / (h + lam)}


# %% rest | The curvature is missing
def rest(h, c, lam, beta):
    return {"torch": c / (1 + lam), "keras": c / (1 + (1 - beta) * lam)}


# %% rest | The decay counts (1 - beta)
def rest(h, c, lam, beta):
    return {
        "torch": h * c / (h + lam),
        "keras": h * c / (h + lam / (1 - beta)),
    }
