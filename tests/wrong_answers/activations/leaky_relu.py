# %% undo | applies the leaky ReLU again
def undo(a, alpha=0.01):
    if not alpha > 0:
        raise ValueError("positive, please")
    return leaky_relu(a, alpha)


# %% undo | Positive numbers were not multiplied
def undo(a, alpha=0.01):
    if not alpha > 0:
        raise ValueError("positive, please")
    return a / alpha


# %% undo | The sides are exchanged
def undo(a, alpha=0.01):
    if not alpha > 0:
        raise ValueError("positive, please")
    return np.where(a < 0, a, a * alpha)


# %% undo | Right for slopes up to 1 only
def undo(a, alpha=0.01):
    if not alpha > 0:
        raise ValueError("positive, please")
    return np.minimum(a, a / alpha)


# %% undo | With slope 0.0
def undo(a, alpha=0.01):
    return np.where(a > 0, a, a / max(alpha, 1e-300))


# %% undo | With slope -0.5
def undo(a, alpha=0.01):
    if alpha == 0:
        raise ValueError("not zero, please")
    return np.where(a > 0, a, a / alpha)


# %% moments | it lowers the mean
def moments(alpha):
    return (1 + alpha) / np.sqrt(2 * np.pi), (1 + alpha**2) / 2


# %% moments | not alpha
def moments(alpha):
    return (1 - alpha) / np.sqrt(2 * np.pi), (1 + alpha) / 2


# %% moments | divide by 2
def moments(alpha):
    return (1 - alpha) / np.sqrt(2 * np.pi), 1 + alpha**2


# %% moments | This is the variance
def moments(alpha):
    mean = (1 - alpha) / np.sqrt(2 * np.pi)
    return mean, (1 + alpha**2) / 2 - mean**2


# %% keep-tensorflow | The slope was rounded to float32
def keep_tensorflow(z, alpha):
    return tf.nn.leaky_relu(z, alpha=alpha)


# %% keep-tensorflow | The slope was rounded to float32
def keep_tensorflow(z, alpha):
    return tf.where(z >= 0, z, tf.cast(alpha, z.dtype) * z)


# %% keep-tensorflow | The derivative at 0 is alpha
def keep_tensorflow(z, alpha):
    return tf.where(z > 0, z, alpha * z)


# %% keep-tensorflow | the maximum is the wrong side
def keep_tensorflow(z, alpha):
    return tf.maximum(z, alpha * z)


# %% keep-tensorflow | stay with TensorFlow's operations
def keep_tensorflow(z, alpha):
    return tf.constant(leaky_relu(z.numpy(), alpha))


# %% keep-tensorflow | The derivative is wrong
def keep_tensorflow(z, alpha):
    return tf.nn.relu(z) - alpha * tf.nn.relu(-z)


# %% keep-pytorch | The derivative at 0 is alpha
def keep_torch(z, alpha):
    return torch.nn.functional.leaky_relu(z, alpha)


# %% keep-pytorch | At a tie
def keep_torch(z, alpha):
    return torch.maximum(z, alpha * z)


# %% keep-pytorch | the maximum is the wrong side
def keep_torch(z, alpha):
    return (
        torch.maximum(z, alpha * z.detach()) + 0 * z
        if alpha > 1
        else (torch.where(z >= 0, z, alpha * z))
    )


# %% keep-pytorch | stay with PyTorch's operations
def keep_torch(z, alpha):
    return torch.tensor(leaky_relu(z.detach().numpy(), alpha))


# %% backward | channels are axis 1
def backward(z, alpha, delta):
    d_z = delta * np.where(z > 0, 1, alpha)
    return d_z, (delta * np.minimum(0, z)).sum(axis=(0, 2))


# %% backward | A slope serves all places too
def backward(z, alpha, delta):
    d_z = delta * np.where(z > 0, 1, alpha[:, None])
    return d_z, (delta * np.minimum(0, z)).sum(axis=0)


# %% backward | This sums over channels
def backward(z, alpha, delta):
    d_z = delta * np.where(z > 0, 1, alpha[:, None])
    return d_z, (delta * np.minimum(0, z)).sum(axis=(0, 1))


# %% backward | sum, not mean
def backward(z, alpha, delta):
    d_z = delta * np.where(z > 0, 1, alpha[:, None])
    return d_z, (delta * np.minimum(0, z)).mean(axis=(0, 2))


# %% backward | is z, not 1
def backward(z, alpha, delta):
    d_z = delta * np.where(z > 0, 1, alpha[:, None])
    return d_z, (delta * (z < 0)).sum(axis=(0, 2))


# %% backward | does not depend on alpha
def backward(z, alpha, delta):
    d_z = delta * np.where(z > 0, 1, alpha[:, None])
    return d_z, (delta * z).sum(axis=(0, 2))


# %% layer-tensorflow | A slope for each pixel and channel
def layer_keras(alpha):
    layer = keras.layers.PReLU()
    layer.build((None, 4, 5, len(alpha)))
    layer.alpha.assign(np.broadcast_to(alpha, (4, 5, len(alpha))))
    return layer


# %% layer-tensorflow | A single slope
def layer_keras(alpha):
    return keras.layers.PReLU(shared_axes=[1, 2, 3])


# %% layer-tensorflow | The slopes are still 0
def layer_keras(alpha):
    return keras.layers.PReLU(shared_axes=[1, 2])


# %% layer-pytorch | A single slope
def layer_torch(alpha):
    return torch.nn.PReLU(init=float(alpha[0]))


# %% layer-pytorch | The slopes are still 0.25
def layer_torch(alpha):
    return torch.nn.PReLU(len(alpha))


# %% layer-pytorch | The slopes must stay trainable
def layer_torch(alpha):
    layer = torch.nn.PReLU(len(alpha)).requires_grad_(False)
    layer.weight.copy_(torch.tensor(alpha))
    return layer


# %% layer-pytorch | Return a torch.nn.PReLU
def layer_torch(alpha):
    return torch.nn.LeakyReLU(float(alpha[0]))


# %% repair | one slope for the whole array
def repaired(z, training, rng, low=1 / 8, high=1 / 3):
    alpha = rng.uniform(low, high) if training else (low + high) / 2
    return np.where(z > 0, z, alpha * z)


# %% repair | nothing may be drawn there
def repaired(z, training, rng, low=1 / 8, high=1 / 3):
    alpha = rng.uniform(low, high, size=z.shape)
    return np.where(z > 0, z, alpha * z)


# %% repair | the mean of the bounds
def repaired(z, training, rng, low=1 / 8, high=1 / 3):
    alpha = 2 / (1 / low + 1 / high)
    if training:
        alpha = rng.uniform(low, high, size=z.shape)
    return np.where(z > 0, z, alpha * z)


# %% repair | every call must draw new slopes
def repaired(z, training, rng, low=1 / 8, high=1 / 3):
    alpha = (low + high) / 2
    if training:
        rng = np.random.default_rng(0)
        alpha = rng.uniform(low, high, size=z.shape)
    return np.where(z > 0, z, alpha * z)


# %% repair | Positive numbers must pass
def repaired(z, training, rng, low=1 / 8, high=1 / 3):
    alpha = (low + high) / 2
    if training:
        alpha = rng.uniform(low, high, size=z.shape)
    return alpha * z
