# %% layer | This is batch normalization
def layer_norm(Z, gamma, beta, eps):
    return gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + eps) + beta


# %% layer | divide by the root of the variance
def layer_norm(Z, gamma, beta, eps):
    mean = Z.mean(axis=-1, keepdims=True)
    var = Z.var(axis=-1, keepdims=True)
    return gamma * (Z - mean) / (var + eps) + beta


# %% layer | which has the divisor n
def layer_norm(Z, gamma, beta, eps):
    mean = Z.mean(axis=-1, keepdims=True)
    var = Z.var(axis=-1, keepdims=True, ddof=1)
    return gamma * (Z - mean) / np.sqrt(var + eps) + beta


# %% layer | eps belongs under the root
def layer_norm(Z, gamma, beta, eps):
    mean = Z.mean(axis=-1, keepdims=True)
    std = Z.std(axis=-1, keepdims=True)
    return gamma * (Z - mean) / (std + eps) + beta


# %% layer | normalize the last axis
def layer_norm(Z, gamma, beta, eps):
    mean = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    return gamma * (Z - mean) / np.sqrt(var + eps) + beta


# %% layer | first normalize, then gamma, then beta
def layer_norm(Z, gamma, beta, eps):
    mean = Z.mean(axis=-1, keepdims=True)
    var = Z.var(axis=-1, keepdims=True)
    return gamma * ((Z - mean) / np.sqrt(var + eps) + beta)


# %% moving | the shares are exchanged
def moving(mean, var, Z, framework):
    keep, ddof = (0.99, 0) if framework == "keras" else (0.1, 1)
    mean = keep * mean + (1 - keep) * Z.mean(axis=0)
    return mean, keep * var + (1 - keep) * Z.var(axis=0, ddof=ddof)


# %% moving | the share taken is 0.01
def moving(mean, var, Z, framework):
    ddof = 0 if framework == "keras" else 1
    mean = 0.9 * mean + 0.1 * Z.mean(axis=0)
    return mean, 0.9 * var + 0.1 * Z.var(axis=0, ddof=ddof)


# %% moving | torch: the variance has the wrong divisor
def moving(mean, var, Z, framework):
    take = 0.01 if framework == "keras" else 0.1
    mean = (1 - take) * mean + take * Z.mean(axis=0)
    return mean, (1 - take) * var + take * Z.var(axis=0)


# %% moving | is it not its root
def moving(mean, var, Z, framework):
    take, ddof = (0.01, 0) if framework == "keras" else (0.1, 1)
    mean = (1 - take) * mean + take * Z.mean(axis=0)
    return mean, (1 - take) * var + take * Z.std(axis=0, ddof=ddof)


# %% bypass | The way around the layer is missing
def bypass_gradient(A, W, b, G):
    s = 1 / (1 + np.exp(-(A @ W + b)))
    return (G * s * (1 - s)) @ W.T


# %% bypass | the transpose of W
def bypass_gradient(A, W, b, G):
    s = 1 / (1 + np.exp(-(A @ W + b)))
    return G + (G * s * (1 - s)) @ W


# %% bypass | s (1 - s), not s
def bypass_gradient(A, W, b, G):
    s = 1 / (1 + np.exp(-(A @ W + b)))
    return G + (G * s) @ W.T


# %% bypass | The slope of the sigmoid is missing
def bypass_gradient(A, W, b, G):
    return G + G @ W.T


# %% bypass | A value is wrong
def bypass_gradient(A, W, b, G):
    s = 1 / (1 + np.exp(-(A @ W + b)))
    return (1 + s * (1 - s)) * G


# %% load-tensorflow | This has Keras's ε
def keras_norm(gamma, beta, mean, var, eps):
    layer = keras.layers.BatchNormalization(dtype="float64")
    layer.build((None, len(gamma)))
    layer.set_weights([gamma, beta, mean, var])
    return layer


# %% load-tensorflow | no roots
def keras_norm(gamma, beta, mean, var, eps):
    layer = keras.layers.BatchNormalization(epsilon=eps, dtype="float64")
    layer.build((None, len(gamma)))
    layer.set_weights([gamma, beta, mean, np.sqrt(var)])
    return layer


# %% load-tensorflow | The moving averages are still 0 and 1
def keras_norm(gamma, beta, mean, var, eps):
    layer = keras.layers.BatchNormalization(epsilon=eps, dtype="float64")
    layer.build((None, len(gamma)))
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    return layer


# %% load-tensorflow | Only some digits are right
def keras_norm(gamma, beta, mean, var, eps):
    layer = keras.layers.BatchNormalization(epsilon=eps)
    layer.build((None, len(gamma)))
    layer.set_weights([gamma, beta, mean, var])
    return layer


# %% load-tensorflow | gamma, beta, mean, variance
def keras_norm(gamma, beta, mean, var, eps):
    layer = keras.layers.BatchNormalization(epsilon=eps, dtype="float64")
    layer.build((None, len(gamma)))
    layer.set_weights([beta, gamma, mean, var])
    return layer


# %% load-pytorch | in training mode
def torch_norm(gamma, beta, mean, var, eps):
    module = torch.nn.BatchNorm1d(len(gamma), eps=eps, dtype=torch.float64)
    with torch.no_grad():
        module.weight.copy_(torch.tensor(gamma))
        module.bias.copy_(torch.tensor(beta))
    module.running_mean.copy_(torch.tensor(mean))
    module.running_var.copy_(torch.tensor(var))
    return module


# %% load-pytorch | This has PyTorch's ε
def torch_norm(gamma, beta, mean, var, eps):
    module = torch.nn.BatchNorm1d(len(gamma), dtype=torch.float64)
    with torch.no_grad():
        module.weight.copy_(torch.tensor(gamma))
        module.bias.copy_(torch.tensor(beta))
    module.running_mean.copy_(torch.tensor(mean))
    module.running_var.copy_(torch.tensor(var))
    return module.eval()


# %% load-pytorch | still 0 and 1
def torch_norm(gamma, beta, mean, var, eps):
    module = torch.nn.BatchNorm1d(len(gamma), eps=eps, dtype=torch.float64)
    with torch.no_grad():
        module.weight.copy_(torch.tensor(gamma))
        module.bias.copy_(torch.tensor(beta))
    return module.eval()


# %% load-pytorch | float32 unless told otherwise
def torch_norm(gamma, beta, mean, var, eps):
    module = torch.nn.BatchNorm1d(len(gamma), eps=eps)
    with torch.no_grad():
        module.weight.copy_(torch.tensor(gamma))
        module.bias.copy_(torch.tensor(beta))
    module.running_mean.copy_(torch.tensor(mean))
    module.running_var.copy_(torch.tensor(var))
    return module.eval()


# %% mode-pytorch | Some outputs are dropped
def answers(model, X):
    with torch.inference_mode():
        return model(torch.tensor(X)).numpy()


# %% mode-pytorch | train() afterwards
def answers(model, X):
    model.eval()
    with torch.inference_mode():
        return model(torch.tensor(X)).numpy()


# %% mode-pytorch | remember model.training
def answers(model, X):
    model.eval()
    with torch.inference_mode():
        found = model(torch.tensor(X)).numpy()
    model.train()
    return found


# %% mode-tensorflow | The moving averages did not move
def outputs_for_loss(model, X):
    return model(X)


# %% mode-tensorflow | no tape can follow it
def outputs_for_loss(model, X):
    return model(X, training=True).numpy()


# %% mode-tensorflow | The moving averages did not move
def outputs_for_loss(model, X):
    return model.predict(X, verbose=0)
