# %% adagrad | The old sum is lost
def adagrad_step(w, v, g, rate, epsilon, inside):
    v = g**2
    return w - rate * g / np.sqrt(v + epsilon), v


# %% adagrad | The inputs were changed
def adagrad_step(w, v, g, rate, epsilon, inside):
    v += g**2
    return w - rate * g / np.sqrt(v + epsilon), v


# %% adagrad | Go against the gradient
def adagrad_step(w, v, g, rate, epsilon, inside):
    v = v + g**2
    return w + rate * g / np.sqrt(v + epsilon), v


# %% adagrad | Divide by the root of v
def adagrad_step(w, v, g, rate, epsilon, inside):
    v = v + g**2
    return w - rate * g / (v + epsilon), v


# %% adagrad | does it divide by the new v
def adagrad_step(w, v, g, rate, epsilon, inside):
    return w - rate * g / np.sqrt(v + 1), v + g**2


# %% adagrad | inside=False
def adagrad_step(w, v, g, rate, epsilon, inside):
    v = v + g**2
    return w - rate * g / np.sqrt(v + epsilon), v


# %% adagrad | inside=True
def adagrad_step(w, v, g, rate, epsilon, inside):
    v = v + g**2
    return w - rate * g / (np.sqrt(v) + epsilon), v


# %% first | This is Adagrad's first step
def first_step(g, rate, rho, epsilon):
    return -rate * g / np.sqrt(g**2 + epsilon)


# %% first | mind the sign
def first_step(g, rate, rho, epsilon):
    return rate * g / np.sqrt((1 - rho) * g**2 + epsilon)


# %% first | not rho
def first_step(g, rate, rho, epsilon):
    return -rate * g / np.sqrt(rho * g**2 + epsilon)


# %% first | keep ε
def first_step(g, rate, rho, epsilon):
    with np.errstate(invalid="ignore"):
        return -rate * g / np.sqrt((1 - rho) * g**2)


# %% first | it stands inside the root
def first_step(g, rate, rho, epsilon):
    return -rate * g / (np.sqrt((1 - rho) * g**2) + epsilon)


# %% port-tensorflow | PyTorch's is 1
def keras_adadelta():
    return keras.optimizers.Adadelta(rho=0.9, epsilon=1e-6)


# %% port-tensorflow | PyTorch's rho is 0.9
def keras_adadelta():
    return keras.optimizers.Adadelta(1.0, epsilon=1e-6)


# %% port-tensorflow | PyTorch's ε for Adadelta is 1e-6
def keras_adadelta():
    return keras.optimizers.Adadelta(1.0, rho=0.9)


# %% port-pytorch | Keras's learning rate is 0.001
def torch_adagrad(parameters):
    return torch.optim.Adagrad(
        parameters, initial_accumulator_value=0.1, eps=1e-7
    )


# %% port-pytorch | Keras's sums begin at 0.1
def torch_adagrad(parameters):
    return torch.optim.Adagrad(parameters, lr=0.001, eps=1e-7)


# %% port-pytorch | Keras's ε is 1e-7
def torch_adagrad(parameters):
    return torch.optim.Adagrad(
        parameters, lr=0.001, initial_accumulator_value=0.1, eps=1e-3
    )


# %% repair | v needs one number for each parameter
def repaired(w, v, g, rate, rho=0.75, epsilon=1e-8):
    v = np.mean(rho * v + (1 - rho) * g**2)
    return w - rate * g / (np.sqrt(v) + epsilon), v


# %% repair | no sum over the parameters
def repaired(w, v, g, rate, rho=0.75, epsilon=1e-8):
    return broken(w, v, g, rate, rho, epsilon)


# %% repair | of the new square is lost
def repaired(w, v, g, rate, rho=0.75, epsilon=1e-8):
    v = rho * v + g**2
    return w - rate * g / (np.sqrt(v) + epsilon), v


# %% repair | v keeps rho of itself
def repaired(w, v, g, rate, rho=0.75, epsilon=1e-8):
    v = v + (1 - rho) * g**2
    return w - rate * g / (np.sqrt(v) + epsilon), v


# %% repair | Go against the gradient
def repaired(w, v, g, rate, rho=0.75, epsilon=1e-8):
    v = rho * v + (1 - rho) * g**2
    return w + rate * g / (np.sqrt(v) + epsilon), v


# %% repair | outside it
def repaired(w, v, g, rate, rho=0.75, epsilon=1e-8):
    v = rho * v + (1 - rho) * g**2
    return w - rate * g / np.sqrt(v + epsilon), v
