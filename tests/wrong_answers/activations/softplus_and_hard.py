# %% inverse | It overflows at y = 1000
def inverse(y):
    if not np.all(y > 0):
        raise ValueError("positive, please")
    return np.log(np.expm1(y))


# %% inverse | It is infinite at y = 1e-20
def inverse(y):
    if not np.all(y > 0):
        raise ValueError("positive, please")
    return y + np.log(1 - np.exp(-y))


# %% inverse | A sign is wrong
def inverse(y):
    if not np.all(y > 0):
        raise ValueError("positive, please")
    return np.log(1 + np.exp(-y))


# %% inverse | take the logarithm
def inverse(y):
    if not np.all(y > 0):
        raise ValueError("positive, please")
    return np.exp(y) - 1


# %% inverse | This is softplus itself
def inverse(y):
    return softplus(y)


# %% inverse | raise ValueError
def inverse(y):
    return y + np.log(-np.expm1(-y))


# %% sharp-tensorflow | It overflows for large z
def sharp_tensorflow(z, beta):
    return tf.math.log(1 + tf.exp(beta * z)) / beta


# %% sharp-tensorflow | Divide by beta
def sharp_tensorflow(z, beta):
    return tf.nn.softplus(beta * z)


# %% sharp-tensorflow | the one for beta = 1
def sharp_tensorflow(z, beta):
    return tf.nn.softplus(z)


# %% sharp-tensorflow | The slope at 0 is 1
def sharp_tensorflow(z, beta):
    soft = tf.math.log1p(tf.exp(-tf.abs(beta * z)))
    return tf.maximum(z, 0.0) + soft / beta


# %% sharp-tensorflow | stay with TensorFlow's operations
def sharp_tensorflow(z, beta):
    return tf.constant(softplus(beta * z.numpy()) / beta)


# %% sharp-pytorch | raise the threshold
def sharp_torch(z, beta):
    return functional.softplus(z, beta=beta)


# %% sharp-pytorch | raise the threshold
def sharp_torch(z, beta):
    return functional.softplus(beta * z) / beta


# %% sharp-pytorch | It overflows for large z
def sharp_torch(z, beta):
    return torch.log1p(torch.exp(beta * z)) / beta


# %% sharp-pytorch | Divide by beta
def sharp_torch(z, beta):
    return functional.softplus(beta * z, threshold=40)


# %% sharp-pytorch | The slope at 0 is 0
def sharp_torch(z, beta):
    soft = torch.log1p(torch.exp(-(beta * z).abs()))
    return torch.relu(z) + soft / beta


# %% sharp-pytorch | stay with PyTorch's operations
def sharp_torch(z, beta):
    return torch.tensor(softplus(beta * z.detach().numpy()) / beta)


# %% convert | The weights are the old ones
def convert(W, b):
    return W.copy(), b.copy()


# %% convert | The other way round
def convert(W, b):
    return W / 1.2, b / 1.2


# %% convert | The bias is part of z
def convert(W, b):
    return 1.2 * W, b


# %% convert | nothing is to be added
def convert(W, b):
    return 1.2 * W, 1.2 * b + 0.5


# %% convert | The given arrays were changed
def convert(W, b):
    W *= 1.2
    b *= 1.2
    return W, b


# %% rms | round to the nearest level
def rms_error(a, top, bits=8):
    if top <= 0:
        raise ValueError("positive, please")
    step = top / (2**bits - 1)
    near = np.floor(np.clip(a, 0, top) / step) * step
    return np.sqrt(np.mean((near - a) ** 2))


# %% rms | there are 3 steps from 0 to the top
def rms_error(a, top, bits=8):
    if top <= 0:
        raise ValueError("positive, please")
    step = top / 2**bits
    near = np.round(np.clip(a, 0, top) / step) * step
    return np.sqrt(np.mean((near - a) ** 2))


# %% rms | Take the root of the mean
def rms_error(a, top, bits=8):
    if top <= 0:
        raise ValueError("positive, please")
    step = top / (2**bits - 1)
    near = np.round(np.clip(a, 0, top) / step) * step
    return np.mean((near - a) ** 2)


# %% rms | Square before you average
def rms_error(a, top, bits=8):
    if top <= 0:
        raise ValueError("positive, please")
    step = top / (2**bits - 1)
    near = np.round(np.clip(a, 0, top) / step) * step
    return np.mean(np.abs(near - a))


# %% rms | is an error too
def rms_error(a, top, bits=8):
    if top <= 0:
        raise ValueError("positive, please")
    step = top / (2**bits - 1)
    a = np.clip(a, 0, top)
    return np.sqrt(np.mean((np.round(a / step) * step - a) ** 2))


# %% rms | A top of 0 is impossible
def rms_error(a, top, bits=8):
    with np.errstate(all="ignore"):
        step = top / (2**bits - 1)
        near = np.round(np.clip(a, 0, top) / np.float64(step)) * step
    return np.sqrt(np.mean((near - a) ** 2))


# %% cheapest | The price is not the threshold
def cheapest(z, price):
    return z * (np.abs(z) > price)


# %% cheapest | The factor one half is missing
def cheapest(z, price):
    return np.where(z**2 > price, z, 0)


# %% cheapest | This is soft shrink
def cheapest(z, price):
    lam = np.sqrt(2 * price)
    return z - np.clip(z, -lam, lam)


# %% cheapest | Large negative numbers pay too
def cheapest(z, price):
    return np.where(z > np.sqrt(2 * price), z, 0)


# %% cheapest | The wrong ones are kept
def cheapest(z, price):
    return np.where(z**2 / 2 < price, z, 0)


# %% cheapest | A tie gives 0
def cheapest(z, price):
    return np.where(z**2 / 2 >= price, z, 0)


# %% repair | Still the same bug
def repaired(z):
    return np.clip(z + 3, 0, 6) / 6


# %% repair | add the two
def repaired(z):
    return z * (np.abs(z) < 3) / 6


# %% repair | The gate has slope 1/6 between its kinks only
def repaired(z):
    return relu6(z + 3) / 6 + z / 6


# %% repair | Right between -3 and 3
def repaired(z):
    return (2 * z + 3) / 6


# %% repair | At the kinks
def repaired(z):
    return relu6(z + 3) / 6 + z * (np.abs(z) <= 3) / 6
