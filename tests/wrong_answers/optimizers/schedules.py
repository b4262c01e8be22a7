# %% warm | which wastes a step
def warm_cosine(peak, m, T):
    t = np.arange(T)
    fall = (1 + np.cos(np.pi * (t - m) / (T - m))) / 2
    return peak * np.where(t <= m, t / m, fall)


# %% warm | not T: the last rate is 0
def warm_cosine(peak, m, T):
    t = np.arange(1, T + 1)
    fall = (1 + np.cos(np.pi * (t - m) / T)) / 2
    return peak * np.where(t <= m, t / m, fall)


# %% warm | does p begin at step m
def warm_cosine(peak, m, T):
    t = np.arange(1, T + 1)
    fall = (1 + np.cos(np.pi * t / T)) / 2
    return peak * np.where(t <= m, t / m, fall)


# %% warm | climbs above the peak
def warm_cosine(peak, m, T):
    t = np.arange(1, T + 1)
    fall = (1 + np.cos(np.pi * (t - m) / (T - m))) / 2
    return np.where(t <= m, t / m, peak * fall)


# %% warm | too straight for a cosine
def warm_cosine(peak, m, T):
    t = np.arange(1, T + 1)
    return peak * np.where(t <= m, t / m, 1 - (t - m) / (T - m))


# %% floor | computes a floor from a rate
def rate_for(floor, h, s):
    return floor * s**2 / (2 * (2 - floor * h))


# %% floor | holds for small rates only
def rate_for(floor, h, s):
    return 4 * floor / s**2


# %% floor | A sign is wrong
def rate_for(floor, h, s):
    return 4 * floor / abs(s**2 - 2 * h * floor)


# %% floor | enters as a square
def rate_for(floor, h, s):
    return 4 * floor / (s + 2 * h * floor)


# %% plateau | as Keras does
def plateau(losses, rate, factor, patience, threshold=1e-4):
    best, bad, used = np.inf, 0, []
    for value in losses:
        if value < best * (1 - threshold):
            best, bad = value, 0
        else:
            bad += 1
        if bad >= patience:
            rate, bad = rate * factor, 0
        used.append(rate)
    return np.array(used)


# %% plateau | begin to count again
def plateau(losses, rate, factor, patience, threshold=1e-4):
    best, bad, used = np.inf, 0, []
    for value in losses:
        if value < best * (1 - threshold):
            best, bad = value, 0
        else:
            bad += 1
        if bad > patience:
            rate = rate * factor
        used.append(rate)
    return np.array(used)


# %% plateau | back to 0
def plateau(losses, rate, factor, patience, threshold=1e-4):
    best, bad, used = np.inf, 0, []
    for value in losses:
        if value < best * (1 - threshold):
            best = value
        else:
            bad += 1
        if bad > patience:
            rate, bad = rate * factor, 0
        used.append(rate)
    return np.array(used)


# %% plateau | not with the one before
def plateau(losses, rate, factor, patience, threshold=1e-4):
    before, bad, used = np.inf, 0, []
    for value in losses:
        bad = 0 if value < before * (1 - threshold) else bad + 1
        before = value
        if bad > patience:
            rate, bad = rate * factor, 0
        used.append(rate)
    return np.array(used)


# %% plateau | not a difference
def plateau(losses, rate, factor, patience, threshold=1e-4):
    best, bad, used = np.inf, 0, []
    for value in losses:
        if value < best - threshold:
            best, bad = value, 0
        else:
            bad += 1
        if bad > patience:
            rate, bad = rate * factor, 0
        used.append(rate)
    return np.array(used)


# %% clip | This clips each number
def clip(gradients, limit):
    return [np.clip(g, -limit, limit) for g in gradients]


# %% clip | by its own norm
def clip(gradients, limit):
    norms = [np.linalg.norm(g) for g in gradients]
    pairs = zip(gradients, norms, strict=True)
    return [g * min(1, limit / norm) for g, norm in pairs]


# %% clip | the root is missing
def clip(gradients, limit):
    norm = sum(np.sum(g**2) for g in gradients)
    return [g * min(1, limit / norm) for g in gradients]


# %% clip | Norms do not add up
def clip(gradients, limit):
    norm = sum(np.linalg.norm(g) for g in gradients)
    return [g * min(1, limit / norm) for g in gradients]


# %% clip | clipping only shortens
def clip(gradients, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * limit / norm for g in gradients]


# %% clip | do not divide by the norm 0
def clip(gradients, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g / norm * np.minimum(norm, limit) for g in gradients]


# %% clip | have been changed
def clip(gradients, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    for g in gradients:
        g *= min(1, limit / norm)
    return gradients


# %% halve-tensorflow | staircase=True
def halve_keras(rate, k):
    return keras.optimizers.schedules.ExponentialDecay(rate, k, 0.5)


# %% halve-tensorflow | lasts k + 1 steps
def halve_keras(rate, k):
    return keras.optimizers.schedules.PiecewiseConstantDecay(
        [k * i for i in range(1, 20)], [rate * 0.5**i for i in range(20)]
    )


# %% halve-tensorflow | not to a half
def halve_keras(rate, k):
    return keras.optimizers.schedules.ExponentialDecay(
        rate, k, 0.1, staircase=True
    )


# %% halve-pytorch | StepLR waits for k steps
def halve_torch(optimizer, k):
    return torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5 ** (1 / k))


# %% halve-pytorch | halved at every step
def halve_torch(optimizer, k):
    return torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)


# %% halve-pytorch | the default gamma
def halve_torch(optimizer, k):
    return torch.optim.lr_scheduler.StepLR(optimizer, k)


# %% halve-pytorch | falls once only
def halve_torch(optimizer, k):
    return torch.optim.lr_scheduler.MultiStepLR(optimizer, [k], gamma=0.5)


# %% repair | Nothing is clipped yet
def repaired(w, rate, limit, steps):
    return broken(w, rate, limit, steps)


# %% repair | w does not move
def repaired(w, rate, limit, steps):
    w = torch.tensor([w], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=rate)
    longest = 0.0
    for _ in range(steps):
        old = w.item()
        (25 * w**2 / 2).sum().backward()
        optimizer.zero_grad()
        torch.nn.utils.clip_grad_norm_([w], limit)
        optimizer.step()
        longest = max(longest, abs(w.item() - old) / rate)
    return longest


# %% repair | do not set the length
def repaired(w, rate, limit, steps):
    w = torch.tensor([w], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=rate)
    longest = 0.0
    for _ in range(steps):
        old = w.item()
        optimizer.zero_grad()
        (25 * w**2 / 2).sum().backward()
        w.grad *= limit / w.grad.norm()
        optimizer.step()
        longest = max(longest, abs(w.item() - old) / rate)
    return longest
