# %% logit | The sign is wrong
def logit(p):
    return np.log((1 - p) / p)


# %% logit | These are odds
def logit(p):
    return p / (1 - p)


# %% logit | natural logarithm
def logit(p):
    return np.log10(p / (1 - p))


# %% logit | There is no logit of
def logit(p):
    with np.errstate(all="ignore"):
        return np.log(p) - np.log1p(-p)


# %% logit | is p lost in a sum
def logit(p):
    e = (1 - p) / p + 1  # 1 / p
    with np.errstate(all="ignore"):
        return -np.log(np.where(e > 1e15, 1e15, e) - 1)


# %% between | low is not used
def between(z, low, high):
    return high * sigmoid(z), high * sigmoid(z) * sigmoid(-z)


# %% between | At large z this gives low + high
def between(z, low, high):
    return low + high * sigmoid(z), high * sigmoid(z) * sigmoid(-z)


# %% between | misses the factor
def between(z, low, high):
    s = sigmoid(z)
    return low + (high - low) * s, s * (1 - s)


# %% between | holds for it only
def between(z, low, high):
    value = low + (high - low) * sigmoid(z)
    return value, value * (1 - value)


# %% between | At z = 40 the slope
def between(z, low, high):
    s = sigmoid(z)
    return low + (high - low) * s, (high - low) * s * (1 - s)


# %% gate-tensorflow | old and new are exchanged
def gate_tensorflow(x, w, b, old, new):
    w = tf.Variable(w, dtype=tf.float64)
    with tf.GradientTape() as tape:
        g = tf.sigmoid(x * w + b)
        mixture = g * new + (1 - g) * old
        total = tf.reduce_sum(mixture)
    return mixture.numpy(), float(tape.gradient(total, w))


# %% gate-tensorflow | The gradient is None
def gate_tensorflow(x, w, b, old, new):
    w = tf.constant(w, dtype=tf.float64)
    with tf.GradientTape() as tape:
        g = tf.sigmoid(x * w + b)
        mixture = g * old + (1 - g) * new
        total = tf.reduce_sum(mixture)
    return mixture.numpy(), tape.gradient(total, w)


# %% gate-tensorflow | gradient of the mean
def gate_tensorflow(x, w, b, old, new):
    w = tf.Variable(w, dtype=tf.float64)
    with tf.GradientTape() as tape:
        g = tf.sigmoid(x * w + b)
        mixture = g * old + (1 - g) * new
        total = tf.reduce_mean(mixture)
    return mixture.numpy(), float(tape.gradient(total, w))


# %% gate-tensorflow | make the variable float64
def gate_tensorflow(x, w, b, old, new):
    x, old, new = (tf.constant(a, tf.float32) for a in (x, old, new))
    w = tf.Variable(w)
    with tf.GradientTape() as tape:
        g = tf.sigmoid(x * w + b)
        mixture = g * old + (1 - g) * new
        total = tf.reduce_sum(mixture)
    return mixture.numpy(), float(tape.gradient(total, w))


# %% gate-pytorch | old and new are exchanged
def gate_torch(x, w, b, old, new):
    x, old, new = (torch.from_numpy(a) for a in (x, old, new))
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    g = torch.sigmoid(x * w + b)
    mixture = g * new + (1 - g) * old
    mixture.sum().backward()
    return mixture.detach().numpy(), w.grad.item()


# %% gate-pytorch | The gradient is None
def gate_torch(x, w, b, old, new):
    x, old, new = (torch.from_numpy(a) for a in (x, old, new))
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    g = torch.sigmoid(x * w + b)
    mixture = g * old + (1 - g) * new
    return mixture.detach().numpy(), w.grad


# %% gate-pytorch | gradient of the mean
def gate_torch(x, w, b, old, new):
    x, old, new = (torch.from_numpy(a) for a in (x, old, new))
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    g = torch.sigmoid(x * w + b)
    mixture = g * old + (1 - g) * new
    mixture.mean().backward()
    return mixture.detach().numpy(), w.grad.item()


# %% gate-pytorch | make w a tensor of torch.float64
def gate_torch(x, w, b, old, new):
    x, old, new = (torch.from_numpy(a).float() for a in (x, old, new))
    w = torch.tensor(w, requires_grad=True)
    g = torch.sigmoid(x * w + b)
    mixture = g * old + (1 - g) * new
    mixture.sum().backward()
    return mixture.detach().numpy(), w.grad.item()


# %% decide | The costs are not used
def decide(z, miss, alarm):
    return sigmoid(z) >= 0.5


# %% decide | z is compared with a probability
def decide(z, miss, alarm):
    return z >= alarm / (alarm + miss)


# %% decide | say yes more often
def decide(z, miss, alarm):
    return sigmoid(z) >= miss / (alarm + miss)


# %% decide | The threshold is alarm / (alarm + miss)
def decide(z, miss, alarm):
    return sigmoid(z) >= alarm / miss


# %% decide | In a tie say yes
def decide(z, miss, alarm):
    return z > np.log(alarm / miss)


# %% predict | tripled
def predict():
    return {"tripled": 1.5, "slope": 0.09, "steepest": 2.0, "mirror": 0.7}


# %% predict | slope
def predict():
    return {"tripled": 0.75, "slope": 0.9, "steepest": 2.0, "mirror": 0.7}


# %% predict | steepest
def predict():
    return {"tripled": 0.75, "slope": 0.09, "steepest": 0.25, "mirror": 0.7}


# %% predict | mirror
def predict():
    return {"tripled": 0.75, "slope": 0.09, "steepest": 2.0, "mirror": -0.3}


# %% repair | Still the same bug
def repaired(z, upstream):
    a = sigmoid(z)
    return upstream * sigmoid(a) * sigmoid(-a)


# %% repair | The gradient of the outputs is lost
def repaired(z, upstream):
    a = sigmoid(z)
    return a * (1 - a)


# %% repair | wants the output of the sigmoid
def repaired(z, upstream):
    return upstream * z * (1 - z)
