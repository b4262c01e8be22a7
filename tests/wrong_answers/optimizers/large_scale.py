# %% ratio | the ratio is missing
def lamb_step(weights, directions, rate):
    pairs = zip(weights, directions, strict=True)
    return [w - rate * u for w, u in pairs]


# %% ratio | upside down
def lamb_step(weights, directions, rate):
    pairs = zip(weights, directions, strict=True)
    return [
        w - rate * np.sqrt((u**2).sum() / (w**2).sum()) * u for w, u in pairs
    ]


# %% ratio | One ratio for all
def lamb_step(weights, directions, rate):
    w_size = np.sqrt(sum((w**2).sum() for w in weights))
    u_size = np.sqrt(sum((u**2).sum() for u in directions))
    ratio = w_size / u_size if w_size > 0 and u_size > 0 else 1.0
    pairs = zip(weights, directions, strict=True)
    return [w - rate * ratio * u for w, u in pairs]


# %% ratio | Weights at zero never move
def lamb_step(weights, directions, rate):
    pairs = zip(weights, directions, strict=True)
    return [
        w - rate * np.sqrt((w**2).sum() / (u**2).sum()) * u for w, u in pairs
    ]


# %% ratio | The given weights were changed
def lamb_step(weights, directions, rate):
    for w, u in zip(weights, directions, strict=True):
        w -= rate * np.sqrt((w**2).sum() / (u**2).sum()) * u
    return weights


# %% ratio | root of the sum of all its squares
def lamb_step(weights, directions, rate):
    pairs = zip(weights, directions, strict=True)
    return [
        w
        - rate
        * np.linalg.norm(w, 2 if w.ndim == 2 else None)
        / np.linalg.norm(u)
        * u
        for w, u in pairs
    ]


# %% factor | r belongs to the rows
def rebuild(r, c):
    return np.outer(c, r) / r.mean()


# %% factor | The product alone
def rebuild(r, c):
    return np.outer(r, c)


# %% factor | r holds means, not sums
def rebuild(r, c):
    return np.outer(r, c) / r.sum()


# %% factor | A stack of 2 gives
def rebuild(r, c):
    return np.outer(r, c) / r.mean()


# %% factor | its own scale
def rebuild(r, c):
    return r[..., :, None] * c[..., None, :] / r.mean()


# %% kept-tensorflow | add their sizes
def kept_tensorflow(optimizer, shapes):
    optimizer.build([keras.Variable(np.zeros(s)) for s in shapes])
    return sum(len(v.shape) > 0 for v in optimizer.variables)


# %% kept-tensorflow | were counted too
def kept_tensorflow(optimizer, shapes):
    optimizer.build([keras.Variable(np.zeros(s)) for s in shapes])
    return int(sum(np.prod(tuple(v.shape)) for v in optimizer.variables))


# %% kept-tensorflow | build the optimizer first
def kept_tensorflow(optimizer, shapes):
    arrays = [v for v in optimizer.variables if len(v.shape) > 0]
    return int(sum(np.prod(tuple(v.shape)) for v in arrays))


# %% kept-tensorflow | not what the formula needs
def kept_tensorflow(optimizer, shapes):
    if isinstance(optimizer, keras.optimizers.Adafactor):
        return sum(sum(s) for s in shapes)
    optimizer.build([keras.Variable(np.zeros(s)) for s in shapes])
    arrays = [v for v in optimizer.variables if len(v.shape) > 0]
    return int(sum(np.prod(tuple(v.shape)) for v in arrays))


# %% kept-pytorch | add their sizes
def kept_torch(make, shapes):
    layer = [torch.ones(s) for s in shapes]
    for w in layer:
        w.grad = torch.ones_like(w)
    optimizer = make(layer)
    optimizer.step()
    values = [v for s in optimizer.state.values() for v in s.values()]
    return sum(torch.is_tensor(v) and v.dim() > 0 for v in values)


# %% kept-pytorch | step counters were counted too
def kept_torch(make, shapes):
    layer = [torch.ones(s) for s in shapes]
    for w in layer:
        w.grad = torch.ones_like(w)
    optimizer = make(layer)
    optimizer.step()
    values = [v for s in optimizer.state.values() for v in s.values()]
    return sum(v.numel() for v in values if torch.is_tensor(v))


# %% kept-pytorch | give gradients and make a step first
def kept_torch(make, shapes):
    optimizer = make([torch.ones(s) for s in shapes])
    optimizer.step()
    values = [v for s in optimizer.state.values() for v in s.values()]
    return sum(v.numel() for v in values)


# %% grow | Adam comes first
def steps_to_grow(a, b, rate):
    adam, lamb = (b - a) / rate, np.log(b / a) / np.log1p(rate)
    return int(np.ceil(lamb)), int(np.ceil(adam))


# %% grow | Round up
def steps_to_grow(a, b, rate):
    return int((b - a) / rate), int(np.log(b / a) / np.log1p(rate))


# %% grow | take the logarithm of that
def steps_to_grow(a, b, rate):
    adam, lamb = (b - a) / rate, np.log(b / a) / rate
    return int(np.ceil(adam)), int(np.ceil(lamb))


# %% grow | LAMB multiplies
def steps_to_grow(a, b, rate):
    adam = int(np.ceil((b - a) / rate))
    return adam, int(np.ceil((b - a) / (rate * a)))


# %% alias | The caller's w was changed
def repaired(gradient, w, rate, beta, steps):
    z, y = w, w.copy()
    for t in range(1, steps + 1):
        old = z.copy()
        z -= rate * gradient(y)
        x = (y - (1 - beta) * old) / beta
        x = (1 - 1 / t) * x + z / t
        y = (1 - beta) * z + beta * x
    return x


# %% alias | still the wrong one
def repaired(gradient, w, rate, beta, steps):
    return broken(gradient, w.copy(), rate, beta, steps)


# %% alias | This is y
def repaired(gradient, w, rate, beta, steps):
    z, y = w.copy(), w.copy()
    for t in range(1, steps + 1):
        x = (y - (1 - beta) * z) / beta
        z = z - rate * gradient(y)
        x = (1 - 1 / t) * x + z / t
        y = (1 - beta) * z + beta * x
    return y


# %% alias | This is z
def repaired(gradient, w, rate, beta, steps):
    z, y = w.copy(), w.copy()
    for t in range(1, steps + 1):
        x = (y - (1 - beta) * z) / beta
        z = z - rate * gradient(y)
        x = (1 - 1 / t) * x + z / t
        y = (1 - beta) * z + beta * x
    return z
