# %% adam | the bias correction is missing
def adam(w, gradients, rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v, path = np.zeros_like(w), np.zeros_like(w), []
    for g in gradients:
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        w = w - rate * m / (np.sqrt(v) + epsilon)
        path.append(w)
    return np.array(path)


# %% adam | the correction has a power
def adam(w, gradients, rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v, path = np.zeros_like(w), np.zeros_like(w), []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1 * t), v / (1 - beta2 * t)
        w = w - rate * m_hat / (np.sqrt(v_hat) + epsilon)
        path.append(w)
    return np.array(path)


# %% adam | That is Keras's place
def adam(w, gradients, rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v, path = np.zeros_like(w), np.zeros_like(w), []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        alpha = rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)
        w = w - alpha * m / (np.sqrt(v) + epsilon)
        path.append(w)
    return np.array(path)


# %% adam | epsilon is added to the parameter
def adam(w, gradients, rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v, path = np.zeros_like(w), np.zeros_like(w), []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        w = w - rate * m_hat / np.sqrt(v_hat) + epsilon
        path.append(w)
    return np.array(path)


# %% adam | t must grow
def adam(w, gradients, rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v, path = np.zeros_like(w), np.zeros_like(w), []
    for g in gradients:
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
        w = w - rate * m_hat / (np.sqrt(v_hat) + epsilon)
        path.append(w)
    return np.array(path)


# %% weights | divide by 1 - beta
def weights(beta, t):
    return (1 - beta) * beta ** np.arange(t)[::-1]


# %% weights | it comes last
def weights(beta, t):
    return (1 - beta) * beta ** np.arange(t) / (1 - beta**t)


# %% weights | plain mean
def weights(beta, t):
    return np.full(t, 1 / t)


# %% twin | weight_decay is L2 here
def twin(parameters, rate, beta1, decay):
    return torch.optim.Adam(
        parameters, lr=rate, betas=(beta1, 0.999), eps=0, weight_decay=decay
    )


# %% twin | PyTorch's own decay
def twin(parameters, rate, beta1, decay):
    return torch.optim.AdamW(parameters, lr=rate, betas=(beta1, 0.999), eps=0)


# %% twin | the step is too short
def twin(parameters, rate, beta1, decay):
    return torch.optim.AdamW(
        parameters, lr=rate, betas=(beta1, 0.999), weight_decay=decay
    )


# %% twin | are both betas Keras's
def twin(parameters, rate, beta1, decay):
    return torch.optim.AdamW(parameters, lr=rate, eps=0, weight_decay=decay)


# %% twin | is the rate that of Keras
def twin(parameters, rate, beta1, decay):
    return torch.optim.AdamW(
        parameters, betas=(beta1, 0.999), eps=0, weight_decay=decay
    )


# %% predict | one learning rate only where g is far above epsilon
def first_steps():
    return {
        "Keras Adam": 1.0,
        "PyTorch Adam": 1.0,
        "Keras Adamax": 1.0,
        "PyTorch Adamax": 1.0,
    }


# %% predict | before the correction
def first_steps():
    return {
        "Keras Adam": 0.5,
        "PyTorch Adam": 1 / 1.1,
        "Keras Adamax": 0.5,
        "PyTorch Adamax": 1 / 1.1,
    }


# %% predict | that is PyTorch's epsilon
def first_steps():
    return {
        "Keras Adam": 1 / (1 + 1 / np.sqrt(0.001)),
        "PyTorch Adam": 1 / 1.1,
        "Keras Adamax": 1 / 1.1,
        "PyTorch Adamax": 1 / 1.1,
    }


# %% repair | The counter t never moves
def repaired(
    gradient, w, rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8, steps=300
):
    return broken(gradient, w, rate, decay, beta1, beta2, epsilon, steps)


# %% repair | the decay is still in the gradient
def repaired(
    gradient, w, rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8, steps=300
):
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t in range(1, steps + 1):
        g = gradient(w) + decay * w
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        w = w - rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return w


# %% repair | Multiply the decay by the rate
def repaired(
    gradient, w, rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8, steps=300
):
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t in range(1, steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        step = rate * m_hat / (np.sqrt(v_hat) + epsilon)
        w = (1 - decay) * w - step
    return w


# %% repair | as they were before the step
def repaired(
    gradient, w, rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8, steps=300
):
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t in range(1, steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        w = w - rate * m_hat / (np.sqrt(v_hat) + epsilon)
        w = (1 - rate * decay) * w
    return w
