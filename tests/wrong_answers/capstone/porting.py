# %% flatten | PyTorch stores W transposed
def weight_behind_flatten(W, height, width, channels):
    pixels = W.reshape(height, width, channels, -1)
    return pixels.transpose(2, 0, 1, 3).reshape(-1, W.shape[1])


# %% flatten | This is only W transposed
def weight_behind_flatten(W, height, width, channels):
    return W.T


# %% flatten | not with channels first
def weight_behind_flatten(W, height, width, channels):
    pixels = W.reshape(channels, height, width, -1)
    return pixels.transpose(3, 1, 2, 0).reshape(W.shape[1], -1)


# %% flatten | Height and width are exchanged
def weight_behind_flatten(W, height, width, channels):
    pixels = W.reshape(height, width, channels, -1)
    return pixels.transpose(3, 2, 1, 0).reshape(W.shape[1], -1)


# %% flatten | The shape is (n_out, n_in)
def weight_behind_flatten(W, height, width, channels):
    pixels = W.reshape(height, width, channels, -1)
    return pixels.transpose(3, 2, 0, 1)


# %% statistics | only what the batches have added
def keras_variance(before, after, share, n, steps):
    return after * (n - 1) / n


# %% statistics | This is right for one step
def keras_variance(before, after, share, n, steps):
    kept = (1 - share) * before
    return kept + (after - kept) * (n - 1) / n


# %% statistics | take it back
def keras_variance(before, after, share, n, steps):
    kept = (1 - share) ** steps * before
    return kept + (after - kept) * n / (n - 1)


# %% statistics | PyTorch's momentum is the share taken
def keras_variance(before, after, share, n, steps):
    kept = share**steps * before
    return kept + (after - kept) * (n - 1) / n


# %% statistics | One number for each unit
def keras_variance(before, after, share, n, steps):
    kept = (1 - share) ** steps * before
    return np.mean(kept + (after - kept) * (n - 1) / n)


# %% optimizer-pytorch | its gradient is 2 * lam * w
def sgd_torch(kernels, biases, rate, beta, lam):
    groups = [{"params": kernels, "weight_decay": lam}, {"params": biases}]
    return torch.optim.SGD(groups, lr=rate, momentum=beta)


# %% optimizer-pytorch | The biases are pulled too
def sgd_torch(kernels, biases, rate, beta, lam):
    both = [*kernels, *biases]
    return torch.optim.SGD(both, lr=rate, momentum=beta, weight_decay=2 * lam)


# %% optimizer-pytorch | The momentum is missing
def sgd_torch(kernels, biases, rate, beta, lam):
    groups = [{"params": kernels, "weight_decay": 2 * lam}, {"params": biases}]
    return torch.optim.SGD(groups, lr=rate)


# %% optimizer-pytorch | A kernel takes other steps
def sgd_torch(kernels, biases, rate, beta, lam):
    groups = [{"params": kernels, "weight_decay": 2 * lam}, {"params": biases}]
    return torch.optim.SGD(groups, lr=rate, momentum=beta, nesterov=True)


# %% optimizer-pytorch | A bias takes other steps
def sgd_torch(kernels, biases, rate, beta, lam):
    group = [{"params": kernels, "weight_decay": 2 * lam}]
    return torch.optim.SGD(group, lr=rate, momentum=beta)


# %% optimizer-tensorflow | remembers nothing
def sgd_keras(w, v, rate, beta):
    return keras.optimizers.SGD(rate, momentum=beta)


# %% optimizer-tensorflow | which goes against the velocity
def sgd_keras(w, v, rate, beta):
    optimizer = keras.optimizers.SGD(rate, momentum=beta)
    optimizer.build([w])
    optimizer.momentums[0].assign(rate * v)
    return optimizer


# %% optimizer-tensorflow | The rate is missing
def sgd_keras(w, v, rate, beta):
    optimizer = keras.optimizers.SGD(rate, momentum=beta)
    optimizer.build([w])
    optimizer.momentums[0].assign(-v)
    return optimizer


# %% optimizer-tensorflow | velocity as it is
def sgd_keras(w, v, rate, beta):
    optimizer = keras.optimizers.SGD(rate, momentum=beta)
    optimizer.build([w])
    optimizer.momentums[0].assign(v)
    return optimizer


# %% loss | Nothing is repaired
def repaired(p, labels, weights):
    return broken(p, labels, weights)


# %% loss | takes a second softmax
def repaired(p, labels, weights):
    cross_entropy = torch.nn.CrossEntropyLoss(weight=weights, reduction="sum")
    return cross_entropy(p, labels.long().squeeze(1)) / len(p)


# %% loss | divided by the sum of the weights
def repaired(p, labels, weights):
    cross_entropy = torch.nn.CrossEntropyLoss(weight=weights)
    return cross_entropy(torch.log(p), labels.long().squeeze(1))


# %% loss | Divide the sum by n
def repaired(p, labels, weights):
    cross_entropy = torch.nn.CrossEntropyLoss(weight=weights, reduction="sum")
    return cross_entropy(torch.log(p), labels.long().squeeze(1))


# %% loss | The class weights are lost
def repaired(p, labels, weights):
    return torch.nn.NLLLoss()(torch.log(p), labels.long().squeeze(1))


# %% loss | No gradient reaches p
def repaired(p, labels, weights):
    picked = weights[labels.long()] * torch.log(p.gather(1, labels.long()))
    total = -picked.detach().mean()
    return total.requires_grad_()


# %% train | Nothing moves
def fit_torch(X, Y, rate, steps):
    return fit_broken(X, Y.unsqueeze(1), rate, steps)


# %% train | Every prediction is compared with every target
def fit_torch(X, Y, rate, steps):
    model = torch.nn.Linear(1, 1)
    for p in model.parameters():
        torch.nn.init.zeros_(p)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(X), Y).backward()
        optimizer.step()
    return np.array([p.item() for p in model.parameters()])


# %% train | gradients add up
def fit_torch(X, Y, rate, steps):
    model = torch.nn.Linear(1, 1)
    for p in model.parameters():
        torch.nn.init.zeros_(p)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(steps):
        torch.nn.functional.mse_loss(model(X).squeeze(1), Y).backward()
        optimizer.step()
    return np.array([p.item() for p in model.parameters()])


# %% train | is the loss the mean of the squares
def fit_torch(X, Y, rate, steps):
    model = torch.nn.Linear(1, 1)
    for p in model.parameters():
        torch.nn.init.zeros_(p)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        ((model(X).squeeze(1) - Y) ** 2).sum().backward()
        optimizer.step()
    return np.array([p.item() for p in model.parameters()])
