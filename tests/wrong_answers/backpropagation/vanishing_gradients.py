# %% first | derivative with respect to x
def first_weight_slope(w, b, x):
    a, slope = x, 1.0
    for w_l, b_l in zip(w, b, strict=True):
        z = w_l * a + b_l
        slope, a = slope * w_l * sigmoid(z) * sigmoid(-z), sigmoid(z)
    return slope


# %% first | The factor x is missing
def first_weight_slope(w, b, x):
    a, slope = x, 1.0
    for k, (w_l, b_l) in enumerate(zip(w, b, strict=True)):
        z = w_l * a + b_l
        slope = slope * sigmoid(z) * sigmoid(-z) * (w_l if k else 1)
        a = sigmoid(z)
    return slope


# %% first | no factor of its own derivative
def first_weight_slope(w, b, x):
    a, slope = x, x
    for w_l, b_l in zip(w, b, strict=True):
        z = w_l * a + b_l
        slope, a = slope * w_l * sigmoid(z) * sigmoid(-z), sigmoid(z)
    return slope


# %% first | weights of the later layers
def first_weight_slope(w, b, x):
    a, slope = x, x
    for w_l, b_l in zip(w, b, strict=True):
        z = w_l * a + b_l
        slope, a = slope * sigmoid(z) * sigmoid(-z), sigmoid(z)
    return slope


# %% first | taken at z, and not at a
def first_weight_slope(w, b, x):
    a, slope = x, x
    for k, (w_l, b_l) in enumerate(zip(w, b, strict=True)):
        a = sigmoid(w_l * a + b_l)
        slope = slope * sigmoid(a) * sigmoid(-a) * (w_l if k else 1)
    return slope


# %% first | the slope is 0 and not NaN
def first_weight_slope(w, b, x):
    a, slope = x, x
    for k, (w_l, b_l) in enumerate(zip(w, b, strict=True)):
        z = w_l * a + b_l
        with np.errstate(over="ignore", invalid="ignore"):
            e = np.exp(-z)
            slope = slope * e / (1 + e) ** 2 * (w_l if k else 1)
        a = sigmoid(z)
    return slope


# %% scale | the square of the scale
def balance(alpha):
    return 2 / (1 + alpha**2)


# %% scale | alpha enters squared
def balance(alpha):
    return np.sqrt(2 / (1 + alpha))


# %% scale | not the mean of the slopes
def balance(alpha):
    return 2 / (1 + alpha)


# %% scale | the factor at s = 1
def balance(alpha):
    return np.sqrt((1 + alpha**2) / 2)


# %% scale | there is no bend
def balance(alpha):
    return np.sqrt(2) + 0 * alpha


# %% scale | An array of alphas
def balance(alpha):
    return np.sqrt(2 / (1 + np.mean(np.square(alpha))))


# %% lengths | The slopes of the activation are not used
def gradient_lengths(Z, W, G, slope):
    found = [np.linalg.norm(G)]
    for W_l in W[:0:-1]:
        G = G @ W_l.T
        found.append(np.linalg.norm(G))
    return np.array(found[::-1])


# %% lengths | The order is reversed
def gradient_lengths(Z, W, G, slope):
    found = [np.linalg.norm(G)]
    for Z_l, W_l in zip(Z[:0:-1], W[:0:-1], strict=True):
        G = (G * slope(Z_l)) @ W_l.T
        found.append(np.linalg.norm(G))
    return np.array(found)


# %% lengths | the transpose of W_l
def gradient_lengths(Z, W, G, slope):
    found = [np.linalg.norm(G)]
    for Z_l, W_l in zip(Z[:0:-1], W[:0:-1], strict=True):
        G = (G * slope(Z_l)) @ W_l
        found.append(np.linalg.norm(G))
    return np.array(found[::-1])


# %% lengths | multiply by the slopes at Z_l first
def gradient_lengths(Z, W, G, slope):
    found = [np.linalg.norm(G)]
    for Z_l, W_l in zip(Z[-2::-1], W[:0:-1], strict=True):
        G = (G @ W_l.T) * slope(Z_l)
        found.append(np.linalg.norm(G))
    return np.array(found[::-1])


# %% lengths | the root of the sum of all squares
def gradient_lengths(Z, W, G, slope):
    found = [np.linalg.norm(G, 2)]
    for Z_l, W_l in zip(Z[:0:-1], W[:0:-1], strict=True):
        G = (G * slope(Z_l)) @ W_l.T
        found.append(np.linalg.norm(G, 2))
    return np.array(found[::-1])


# %% lengths | One length for each hidden layer
def gradient_lengths(Z, W, G, slope):
    found = []
    for Z_l, W_l in zip(Z[:0:-1], W[:0:-1], strict=True):
        G = (G * slope(Z_l)) @ W_l.T
        found.append(np.linalg.norm(G))
    return np.array(found[::-1])


# %% steps-tensorflow | Leave the biases out
def relative_steps_keras(model, loss_function, X, Y, rate):
    with tf.GradientTape() as tape:
        loss = loss_function(Y, model(X))
    weights = model.trainable_variables
    return [
        float(rate * tf.norm(g) / (tf.norm(w) + 1e-12))
        for g, w in zip(tape.gradient(loss, weights), weights, strict=True)
    ]


# %% steps-tensorflow | The rate is missing
def relative_steps_keras(model, loss_function, X, Y, rate):
    kernels = [layer.kernel for layer in model.layers]
    with tf.GradientTape() as tape:
        loss = loss_function(Y, model(X))
    gradients = tape.gradient(loss, kernels)
    return [
        float(tf.norm(g) / tf.norm(W))
        for g, W in zip(gradients, kernels, strict=True)
    ]


# %% steps-tensorflow | This is the step itself
def relative_steps_keras(model, loss_function, X, Y, rate):
    kernels = [layer.kernel for layer in model.layers]
    with tf.GradientTape() as tape:
        loss = loss_function(Y, model(X))
    return [float(rate * tf.norm(g)) for g in tape.gradient(loss, kernels)]


# %% steps-pytorch | Leave the biases out
def relative_steps_torch(model, loss_function, X, Y, rate):
    weights = list(model.parameters())
    gradients = torch.autograd.grad(loss_function(model(X), Y), weights)
    return [
        (rate * g.norm() / W.norm()).item()
        for g, W in zip(gradients, weights, strict=True)
    ]


# %% steps-pytorch | Asked a second time
def relative_steps_torch(model, loss_function, X, Y, rate):
    loss_function(model(X), Y).backward()
    weights = [m.weight for m in model if isinstance(m, torch.nn.Linear)]
    return [(rate * W.grad.norm() / W.norm()).item() for W in weights]


# %% steps-pytorch | This is the step itself
def relative_steps_torch(model, loss_function, X, Y, rate):
    weights = [m.weight for m in model if isinstance(m, torch.nn.Linear)]
    gradients = torch.autograd.grad(loss_function(model(X), Y), weights)
    return [(rate * g.norm()).item() for g in gradients]


# %% steps-pytorch | The rate is missing
def relative_steps_torch(model, loss_function, X, Y, rate):
    weights = [m.weight for m in model if isinstance(m, torch.nn.Linear)]
    gradients = torch.autograd.grad(loss_function(model(X), Y), weights)
    return [
        (g.norm() / W.norm()).item()
        for g, W in zip(gradients, weights, strict=True)
    ]


# %% predict | ReLU halves it again
def predictions():
    return {
        "arrives": 3**-15,
        "tripled": 3**30,
        "loss": np.log(1000),
        "layers": 20,
    }


# %% predict | a length has its root
def predictions():
    return {
        "arrives": 6**-30,
        "tripled": 3**30,
        "loss": np.log(1000),
        "layers": 20,
    }


# %% predict | the default of Keras
def predictions():
    return {
        "arrives": 2**-15,
        "tripled": 3**30,
        "loss": np.log(1000),
        "layers": 20,
    }


# %% predict | every one of the 30 layers
def predictions():
    return {
        "arrives": 6**-15,
        "tripled": 3,
        "loss": np.log(1000),
        "layers": 20,
    }


# %% predict | the natural logarithm
def predictions():
    return {
        "arrives": 6**-15,
        "tripled": 3**30,
        "loss": np.log10(1000),
        "layers": 20,
    }


# %% predict | 19 layers leave more
def predictions():
    return {
        "arrives": 6**-15,
        "tripled": 3**30,
        "loss": np.log(1000),
        "layers": 19,
    }


# %% alarm | still cancel
def repaired(gradients):
    return [abs(np.mean(G)) for G in gradients]


# %% alarm | the mean of the absolute values
def repaired(gradients):
    return [np.mean(np.abs(G)) for G in gradients]


# %% alarm | This is the length
def repaired(gradients):
    return [np.linalg.norm(G) for G in gradients]


# %% alarm | The squares of tiny entries are 0
def repaired(gradients):
    return [np.sqrt(np.mean(G**2)) for G in gradients]


# %% alarm | zeros must not be divided by zero
def repaired(gradients):
    with np.errstate(invalid="ignore"):
        sizes = [np.abs(G).max() for G in gradients]
        return [
            s * np.sqrt(np.mean((G / s) ** 2))
            for G, s in zip(gradients, sizes, strict=True)
        ]
