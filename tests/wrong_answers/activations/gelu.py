# %% dice | This is the probability of passing
def uniform_gate(z, c):
    p = np.clip((z + c) / (2 * c), 0, 1)
    return p, p


# %% dice | clip it
def uniform_gate(z, c):
    p = (z + c) / (2 * c)
    return z * p, p + z / (2 * c)


# %% dice | the probability is one half
def uniform_gate(z, c):
    p = np.clip(z / (2 * c), 0, 1)
    return z * p, p + z / (2 * c)


# %% dice | the product rule has two terms
def uniform_gate(z, c):
    p = np.clip((z + c) / (2 * c), 0, 1)
    return z * p, p


# %% dice | no second term
def uniform_gate(z, c):
    p = np.clip((z + c) / (2 * c), 0, 1)
    return z * p, p + z / (2 * c)


# %% exact-numpy | GELU underflows, its logarithm need not
def log_size(z):
    with np.errstate(divide="ignore"):
        return np.log(-gelu(z))


# %% exact-numpy | the logarithm wants -GELU
def log_size(z):
    with np.errstate(invalid="ignore"):
        return np.log(gelu(z))


# %% exact-numpy | log(-z) is missing
def log_size(z):
    t = -z / root
    return -(t**2) + np.log(erfcx(t) / 2)


# %% exact-numpy | The factor 1/2 is missing
def log_size(z):
    t = -z / root
    return np.log(-z) - t**2 + np.log(erfcx(t))


# %% exact-numpy | subtract t^2
def log_size(z):
    return np.log(-z) + np.log(erfcx(-z / root) / 2)


# %% exact-tensorflow | a constant was rounded to float32
def exact_tensorflow(z):
    return tf.nn.gelu(z)


# %% exact-tensorflow | This is the tanh form
def exact_tensorflow(z):
    return tf.nn.gelu(z, approximate=True)


# %% exact-tensorflow | the digits cancel
def exact_tensorflow(z):
    return z * (1 + tf.math.erf(z / root)) / 2


# %% exact-tensorflow | stay with TensorFlow's operations
def exact_tensorflow(z):
    return tf.constant(gelu(z.numpy()))


# %% exact-tensorflow | not those of GELU
def exact_tensorflow(z):
    return z * tf.math.erfc(-z) / 2


# %% exact-pytorch | the digits cancel
def exact_torch(z):
    return torch.nn.functional.gelu(z)


# %% exact-pytorch | This is the tanh form
def exact_torch(z):
    return torch.nn.functional.gelu(z, approximate="tanh")


# %% exact-pytorch | was a constant or z rounded
def exact_torch(z):
    a = z.float() * torch.erfc(-z.float() / root) / 2
    return a.to(z.dtype)


# %% exact-pytorch | stay with PyTorch's operations
def exact_torch(z):
    return torch.tensor(gelu(z.detach().numpy()))


# %% exact-pytorch | not those of GELU
def exact_torch(z):
    return z * torch.erfc(z / root) / 2


# %% form | leave room for rounding
def form(f):
    z = np.linspace(-4, 4, 33)
    return "exact" if np.array_equal(f(z), gelu(z)) else "none"


# %% form | compare closer
def form(f):
    z = np.linspace(-4, 4, 33)
    if np.allclose(f(z), gelu(z), atol=1e-3):
        return "exact"
    near = np.abs(f(z) - z / (1 + np.exp(-1.702 * z))).max() < 1e-5
    return "sigmoid" if near else "none"


# %% form | the nearest form is not enough
def form(f):
    z = np.linspace(-4, 4, 33)
    u = (2 / np.pi) ** 0.5 * (z + 0.044715 * z**3)
    forms = {
        "exact": gelu(z),
        "tanh": z * (1 + np.tanh(u)) / 2,
        "sigmoid": z / (1 + np.exp(-1.702 * z)),
    }
    return min(forms, key=lambda name: np.abs(f(z) - forms[name]).max())


# %% form | look at several places
def form(f):
    z = np.array([-2.0])
    u = (2 / np.pi) ** 0.5 * (z + 0.044715 * z**3)
    forms = {
        "exact": gelu(z),
        "tanh": z * (1 + np.tanh(u)) / 2,
        "sigmoid": z / (1 + np.exp(-1.702 * z)),
    }
    for name, value in forms.items():
        if np.allclose(f(z), value, rtol=0, atol=1e-5):
            return name
    return "none"


# %% average | This is the variance
def spread(z):
    p = erfc(-z / root) / 2
    return z**2 * p * (1 - p)


# %% average | never negative
def spread(z):
    p = erfc(-z / root) / 2
    return z * np.sqrt(p * (1 - p))


# %% average | This is the gate's
def spread(z):
    p = erfc(-z / root) / 2
    return np.sqrt(p * (1 - p))


# %% predict | mirror
def predict():
    return {
        "mirror": -1.9545,
        "middle": 0.5,
        "steepest": 2**0.5,
        "sigmoid": 0.5,
    }


# %% predict | middle
def predict():
    return {"mirror": -0.0455, "middle": 0, "steepest": 2**0.5, "sigmoid": 0.5}


# %% predict | steepest
def predict():
    return {"mirror": -0.0455, "middle": 0.5, "steepest": 1, "sigmoid": 0.5}


# %% predict | sigmoid:
def predict():
    return {
        "mirror": -0.0455,
        "middle": 0.5,
        "steepest": 2**0.5,
        "sigmoid": 0.851,
    }


# %% repair | Still the same bug
def repaired(z, upstream):
    return (
        upstream * erfc(-z / root) / 2
        + upstream * np.exp(-z * z / 2) / (2 * np.pi) ** 0.5
    )


# %% repair | The second term of the product rule is gone
def repaired(z, upstream):
    return upstream * erfc(-z / root) / 2


# %% repair | The gradient of the outputs is lost
def repaired(z, upstream):
    bell = np.exp(-z * z / 2) / (2 * np.pi) ** 0.5
    return erfc(-z / root) / 2 + z * bell


# %% repair | The sign is wrong
def repaired(z, upstream):
    bell = np.exp(-z * z / 2) / (2 * np.pi) ** 0.5
    return upstream * (erfc(-z / root) / 2 - z * bell)
