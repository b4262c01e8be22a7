# %% square | This doubles
def square(z):
    return 2 * z


# %% square | The shape of z must not change
def square(z):
    return (z**2).sum()


# %% square | A square is never negative
def square(z):
    return z * np.abs(z)


# %% slope | The factor 2 is missing
def slope(z):
    return z


# %% slope | The sign is lost
def slope(z):
    return 2 * np.abs(z)


# %% slope | The shape of z must not change
def slope(z):
    return (2 * z).sum()


# %% gradient-tensorflow | the tape must watch z
def gradient_tensorflow(z):
    z = tf.constant(z)
    with tf.GradientTape() as tape:
        value = tf.reduce_sum(z**2)
    return tape.gradient(value, z)


# %% gradient-tensorflow | This is the value
def gradient_tensorflow(z):
    return tf.constant(z).numpy() ** 2


# %% gradient-tensorflow | The gradient has the shape of z
def gradient_tensorflow(z):
    return 2 * z.sum()


# %% gradient-pytorch | call backward() first
def gradient_torch(z):
    return torch.tensor(z, requires_grad=True).grad


# %% gradient-pytorch | This is the value
def gradient_torch(z):
    return torch.tensor(z).numpy() ** 2


# %% gradient-pytorch | The gradient has the shape of z
def gradient_torch(z):
    return 2 * z.sum()


# %% repair | the logarithm of a negative number
def repaired(z):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.exp(2 * np.log(z))


# %% repair | The square of -2 is positive
def repaired(z):
    with np.errstate(divide="ignore"):
        return np.sign(z) * np.exp(2 * np.log(np.abs(z)))


# %% repair | A value is wrong
def repaired(z):
    return np.abs(z)
