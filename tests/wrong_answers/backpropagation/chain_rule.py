# %% slopes | is the other argument
def slopes(op, *u):
    if op == "*":
        return [u[0], u[1]]
    if op == "/":
        return [1 / u[1], -u[0] / u[1] ** 2]
    if op == "tanh":
        return [1 - math.tanh(u[0]) ** 2]
    return [math.exp(u[0])] if op == "exp" else [1 / u[0]]


# %% slopes | a larger divisor gives less
def slopes(op, *u):
    if op == "*":
        return [u[1], u[0]]
    if op == "/":
        return [1 / u[1], u[0] / u[1] ** 2]
    if op == "tanh":
        return [1 - math.tanh(u[0]) ** 2]
    return [math.exp(u[0])] if op == "exp" else [1 / u[0]]


# %% slopes | the divisor stands squared
def slopes(op, *u):
    if op == "*":
        return [u[1], u[0]]
    if op == "/":
        return [1 / u[1], -u[0] / u[1]]
    if op == "tanh":
        return [1 - math.tanh(u[0]) ** 2]
    return [math.exp(u[0])] if op == "exp" else [1 / u[0]]


# %% slopes | this is the rule for powers of u
def slopes(op, *u):
    if op == "*":
        return [u[1], u[0]]
    if op == "/":
        return [1 / u[1], -u[0] / u[1] ** 2]
    if op == "tanh":
        return [1 - math.tanh(u[0]) ** 2]
    return [u[0] * math.exp(u[0] - 1)] if op == "exp" else [1 / u[0]]


# %% slopes | the square is that of the result
def slopes(op, *u):
    if op == "*":
        return [u[1], u[0]]
    if op == "/":
        return [1 / u[1], -u[0] / u[1] ** 2]
    if op == "tanh":
        return [1 - u[0] ** 2]
    return [math.exp(u[0])] if op == "exp" else [1 / u[0]]


# %% slopes | log: at argument 1 a nudge gives
def slopes(op, *u):
    if op == "*":
        return [u[1], u[0]]
    if op == "/":
        return [1 / u[1], -u[0] / u[1] ** 2]
    if op == "tanh":
        return [1 - math.tanh(u[0]) ** 2]
    return [math.exp(u[0])] if op == "exp" else [math.log(u[0])]


# %% slopes | one number for each argument
def slopes(op, *u):
    if op in "*/":
        return u[1]
    return [math.exp(u[0])]


# %% reverse | only one counts: add the shares
def reverse(edges, output):
    g = {name: 0.0 for a, b, _ in edges for name in (a, b)}
    g[output] = 1.0
    for a, b, slope in reversed(edges):
        if g[b]:
            g[a] = slope * g[b]
    return g


# %% reverse | from last to first
def reverse(edges, output):
    g = {name: 0.0 for a, b, _ in edges for name in (a, b)}
    g[output] = 1.0
    for a, b, slope in edges:
        g[a] += slope * g[b]
    return g


# %% reverse | begin with 1 there
def reverse(edges, output):
    g = {name: 0.0 for a, b, _ in edges for name in (a, b)}
    for a, b, slope in reversed(edges):
        g[a] += slope * g[b]
    return g


# %% reverse | Every name has a gradient
def reverse(edges, output):
    g = {output: 1.0}
    for a, b, slope in reversed(edges):
        g[a] = g.get(a, 0) + slope * g.get(b, 0)
    inputs = {a for a, _, _ in edges} - {b for _, b, _ in edges}
    return {name: g[name] for name in inputs}


# %% reverse | does not depend on has the gradient 0
def reverse(edges, output):
    g = {output: 1.0}
    for a, b, slope in reversed(edges):
        g[a] = g.get(a, 0) + slope * g.get(b, 0)
    return g


# %% reverse | both count
def reverse(edges, output):
    g = {name: 0.0 for a, b, _ in edges for name in (a, b)}
    g[output] = 1.0
    for (a, b), slope in reversed({(a, b): s for a, b, s in edges}.items()):
        g[a] += slope * g[b]
    return g


# %% reverse | they multiply
def reverse(edges, output):
    g = {name: 0.0 for a, b, _ in edges for name in (a, b)}
    for a, b, slope in reversed(edges):
        g[a] += slope + g[b]
    g[output] = 1.0
    return g


# %% swish | Only the edge through the sigmoid counts
def swish_gradients(w, x, b, y):
    z = w * x + b
    s = sigmoid(z)
    g_z = 2 * (z * s - y) * z * s * (1 - s)
    return g_z * x, g_z * w, g_z


# %% swish | Only the direct edge counts
def swish_gradients(w, x, b, y):
    z = w * x + b
    s = sigmoid(z)
    g_z = 2 * (z * s - y) * s
    return g_z * x, g_z * w, g_z


# %% swish | the local derivative 2 (a - y)
def swish_gradients(w, x, b, y):
    z = w * x + b
    s = sigmoid(z)
    g_z = (z * s - y) * s * (1 + z * (1 - s))
    return g_z * x, g_z * w, g_z


# %% swish | At w the local derivative of w * x is x
def swish_gradients(w, x, b, y):
    z = w * x + b
    s = sigmoid(z)
    g_z = 2 * (z * s - y) * s * (1 + z * (1 - s))
    return g_z, g_z, g_z


# %% swish | g_w is wrong
def swish_gradients(w, x, b, y):
    z = w * x + b
    s = sigmoid(z)
    g_z = 2 * (z * s - y) * s * (1 + z * (1 - s))
    return g_z * w, g_z * x, g_z


# %% swish | The sign is wrong
def swish_gradients(w, x, b, y):
    z = w * x + b
    s = sigmoid(z)
    g_z = 2 * (y - z * s) * s * (1 + z * (1 - s))
    return g_z * x, g_z * w, g_z


# %% swish | must stay finite
def swish_gradients(w, x, b, y):
    z = np.float64(w * x + b)
    with np.errstate(all="ignore"):
        e = np.exp(-z)
        s = 1 / (1 + e)
        g_z = 2 * (z * s - y) * (s + z * e * s * s)
    return g_z * x, g_z * w, g_z


# %% slope-tensorflow | the direction of ones
def slope_tensorflow(f, p, d):
    p = tf.constant(p)
    with tf.autodiff.ForwardAccumulator(p, tf.ones_like(p)) as accumulator:
        value = f(p)
    return float(accumulator.jvp(value))


# %% slope-tensorflow | This is the value of f
def slope_tensorflow(f, p, d):
    p, d = tf.constant(p), tf.constant(d)
    with tf.autodiff.ForwardAccumulator(p, d):
        value = f(p)
    return float(value)


# %% slope-tensorflow | is f called inside the with block
def slope_tensorflow(f, p, d):
    p, d = tf.constant(p), tf.constant(d)
    with tf.autodiff.ForwardAccumulator(p, d) as accumulator:
        pass
    return accumulator.jvp(f(p))


# %% slope-tensorflow | exactly once
def slope_tensorflow(f, p, d):
    p = tf.constant(p)
    total = 0.0
    for place in np.ndindex(d.shape):
        one = np.zeros_like(d)
        one[place] = 1
        with tf.autodiff.ForwardAccumulator(p, tf.constant(one)) as forward:
            value = f(p)
        total += d[place] * float(forward.jvp(value))
    return total


# %% slope-tensorflow | make no float32 of p
def slope_tensorflow(f, p, d):
    p, d = tf.constant(p, tf.float32), tf.constant(d, tf.float32)
    with tf.autodiff.ForwardAccumulator(p, d) as accumulator:
        value = f(p)
    return float(accumulator.jvp(value))


# %% slope-tensorflow | p is where, d is in which direction
def slope_tensorflow(f, p, d):
    p, d = tf.constant(p), tf.constant(d)
    with tf.autodiff.ForwardAccumulator(d, p) as accumulator:
        value = f(d)
    return float(accumulator.jvp(value))


# %% slope-pytorch | jvp returns the value and the slope
def slope_torch(f, p, d):
    return torch.func.jvp(f, (torch.tensor(p),), (torch.tensor(d),))


# %% slope-pytorch | the first thing that jvp returns
def slope_torch(f, p, d):
    return torch.func.jvp(f, (torch.tensor(p),), (torch.tensor(d),))[0].item()


# %% slope-pytorch | the direction of ones
def slope_torch(f, p, d):
    p = torch.tensor(p)
    return torch.func.jvp(f, (p,), (torch.ones_like(p),))[1].item()


# %% slope-pytorch | make no float32 of p
def slope_torch(f, p, d):
    p, d = torch.tensor(p).float(), torch.tensor(d).float()
    return torch.func.jvp(f, (p,), (d,))[1].item()


# %% slope-pytorch | p is where, d is in which direction
def slope_torch(f, p, d):
    return torch.func.jvp(f, (torch.tensor(d),), (torch.tensor(p),))[1].item()


# %% repair | only the value of b may be there
def divided(a, b):
    return a[0] / b[0], a[1] / b[1]


# %% repair | the sign of the second part is wrong
def divided(a, b):
    return a[0] / b[0], a[1] / b[0] + a[0] * b[1] / b[0] ** 2


# %% repair | the divisor stands squared
def divided(a, b):
    return a[0] / b[0], a[1] / b[0] - a[0] * b[1] / b[0]


# %% repair | The slope of 6/u at 2
def divided(a, b):
    return a[0] / b[0], a[1] / b[0]


# %% paths | add at each value
def count_paths(steps, start, output):
    paths = {output: 1}
    for name, _, *args in reversed(steps):
        for arg in args:
            paths[arg] = paths.get(name, 0)
    return paths.get(start, 0)


# %% paths | These are the edges
def count_paths(steps, start, output):
    return sum(len(args) for _, _, *args in steps)


# %% paths | go through the steps from the last
def count_paths(steps, start, output):
    paths = {output: 1}
    for name, _, *args in steps:
        for arg in args:
            paths[arg] = paths.get(arg, 0) + paths.get(name, 0)
    return paths.get(start, 0)


# %% paths | No path leads from there
def count_paths(steps, start, output):
    paths = {steps[-1][0]: 1}
    for name, _, *args in reversed(steps):
        for arg in args:
            paths[arg] = paths.get(arg, 0) + paths.get(name, 0)
    return paths.get(start, 0)


# %% paths | a step aside does not lead
def count_paths(steps, start, output):
    paths = dict.fromkeys((name for name, *_ in steps), 0)
    last = {name for name in paths} - {
        a for _, _, *args in steps for a in args
    }
    paths |= dict.fromkeys(last, 1)
    for name, _, *args in reversed(steps):
        for arg in args:
            paths[arg] = paths.get(arg, 0) + paths[name]
    return paths[start]
