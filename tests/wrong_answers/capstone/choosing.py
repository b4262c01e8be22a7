# %% kind | ask for the number of columns first
def kind(Y):
    if np.any(np.round(Y) != Y):
        inside = np.all((Y >= 0) & (Y <= 1))
        return "between bounds" if inside else "a number"
    if np.any(Y < 0):
        return "a number"
    if np.any(Y > 1):
        return "a count"
    if np.all(Y.sum(axis=1) == 1):
        return "one of several"
    return "yes or no" if Y.shape[1] == 1 else "any of several"


# %% kind | Look at every row
def kind(Y):
    if np.any(np.round(Y) != Y):
        inside = np.all((Y >= 0) & (Y <= 1))
        return "between bounds" if inside else "a number"
    if np.any(Y < 0):
        return "a number"
    if np.any(Y > 1):
        return "a count"
    if Y.shape[1] == 1:
        return "yes or no"
    return "one of several" if Y.sum() == len(Y) else "any of several"


# %% kind | A negative number lies outside
def kind(Y):
    if np.any(np.round(Y) != Y):
        return "between bounds" if np.all(Y <= 1) else "a number"
    if np.any(Y < 0):
        return "a number"
    if np.any(Y > 1):
        return "a count"
    if Y.shape[1] == 1:
        return "yes or no"
    one = np.all(Y.sum(axis=1) == 1)
    return "one of several" if one else "any of several"


# %% kind | A count is never negative
def kind(Y):
    if np.any(np.round(Y) != Y):
        inside = np.all((Y >= 0) & (Y <= 1))
        return "between bounds" if inside else "a number"
    if np.any(Y > 1):
        return "a count"
    if Y.shape[1] == 1:
        return "yes or no"
    one = np.all(Y.sum(axis=1) == 1)
    return "one of several" if one else "any of several"


# %% kind | Use return, not print
def kind(Y):
    print("a number")


# %% waiting | This is the Poisson loss
def waiting(Z, Y):
    return np.mean(np.exp(Z) - Y * Z), (np.exp(Z) - Y) / Z.size


# %% waiting | The factor 1/m of the density is lost
def waiting(Z, Y):
    return np.mean(Y * np.exp(-Z)), -Y * np.exp(-Z) / Z.size


# %% waiting | Prediction minus target is the slope of the Poisson loss
def waiting(Z, Y):
    return np.mean(Z + Y * np.exp(-Z)), (np.exp(Z) - Y) / Z.size


# %% waiting | The slope of exp(-z) is -exp(-z)
def waiting(Z, Y):
    return np.mean(Z + Y * np.exp(-Z)), (1 + Y * np.exp(-Z)) / Z.size


# %% waiting | its gradient has the factor 1/Z.size
def waiting(Z, Y):
    return np.mean(Z + Y * np.exp(-Z)), 1 - Y * np.exp(-Z)


# %% waiting | mind the sign of z
def waiting(Z, Y):
    return np.mean(Z + Y * np.exp(Z)), (1 + Y * np.exp(Z)) / Z.size


# %% between-tensorflow | The targets were not turned into shares
def between_tensorflow(Z, Y, low, high):
    loss = keras.losses.BinaryCrossentropy(from_logits=True, dtype="float64")
    return loss(Y, Z)


# %% between-tensorflow | a Keras loss computes in float32
def between_tensorflow(Z, Y, low, high):
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    return loss((Y - low) / (high - low), Z)


# %% between-tensorflow | The sigmoid is applied twice
def between_tensorflow(Z, Y, low, high):
    loss = keras.losses.BinaryCrossentropy(from_logits=True, dtype="float64")
    return loss((Y - low) / (high - low), 1 / (1 + tf.exp(-Z)))


# %% between-tensorflow | Sure and wrong by 60 must cost 60
def between_tensorflow(Z, Y, low, high):
    u, p = (Y - low) / (high - low), tf.sigmoid(Z)
    logs = u * tf.math.log(p + 1e-17) + (1 - u) * tf.math.log(1 - p + 1e-17)
    return -tf.reduce_mean(logs)


# %% between-tensorflow | This is the sum
def between_tensorflow(Z, Y, low, high):
    u = (Y - low) / (high - low)
    return tf.reduce_sum(
        tf.nn.sigmoid_cross_entropy_with_logits(labels=u, logits=Z)
    )


# %% between-pytorch | The targets were not turned into shares
def between_torch(Z, Y, low, high):
    return torch.nn.BCEWithLogitsLoss()(Z, torch.tensor(Y))


# %% between-pytorch | The sigmoid is applied twice
def between_torch(Z, Y, low, high):
    shares = torch.tensor((Y - low) / (high - low))
    return torch.nn.BCEWithLogitsLoss()(Z.sigmoid(), shares)


# %% between-pytorch | Sure and wrong by 60 must cost 60
def between_torch(Z, Y, low, high):
    shares = torch.tensor((Y - low) / (high - low))
    return torch.nn.BCELoss()(Z.sigmoid(), shares)


# %% between-pytorch | This is the sum
def between_torch(Z, Y, low, high):
    shares = torch.tensor((Y - low) / (high - low))
    return torch.nn.BCEWithLogitsLoss(reduction="sum")(Z, shares)


# %% between-pytorch | stay in PyTorch
def between_torch(Z, Y, low, high):
    shares = torch.tensor((Y - low) / (high - low))
    return torch.nn.BCEWithLogitsLoss()(Z.detach(), shares)


# %% bound | are not *above* one half
def bound(labels, tau):
    ones = labels.sum(axis=1)
    none = labels.shape[1] * tau >= 1
    return np.mean(np.where(ones == 0, none, ones * tau <= 1))


# %% bound | With tau = 0.3 more than one output
def bound(labels, tau):
    return np.mean(labels.sum(axis=1) <= 1)


# %% bound | A row without ones can be answered
def bound(labels, tau):
    ones = labels.sum(axis=1)
    return np.mean((ones > 0) & (ones * tau < 1))


# %% bound | not all can be at 0.3 or below
def bound(labels, tau):
    return np.mean(labels.sum(axis=1) * tau < 1)


# %% bound | at exactly 0.25 are not above it
def bound(labels, tau):
    ones = labels.sum(axis=1)
    none = labels.shape[1] * tau > 1
    return np.mean(np.where(ones == 0, none, ones * tau < 1))


# %% bound | This is a count
def bound(labels, tau):
    ones = labels.sum(axis=1)
    none = labels.shape[1] * tau >= 1
    return np.sum(np.where(ones == 0, none, ones * tau < 1))


# %% variance | Divide by n_in
def variance(phi, n_in, q=1.0):
    return q / (masses @ phi(np.sqrt(q) * nodes) ** 2)


# %% variance | This is a standard deviation
def variance(phi, n_in, q=1.0):
    return np.sqrt(q / (n_in * (masses @ phi(np.sqrt(q) * nodes) ** 2)))


# %% variance | square the activation before the mean
def variance(phi, n_in, q=1.0):
    return q / (n_in * (masses @ phi(np.sqrt(q) * nodes)))


# %% variance | Upside down
def variance(phi, n_in, q=1.0):
    return (masses @ phi(np.sqrt(q) * nodes) ** 2) / (q * n_in)


# %% variance | The numerator is q
def variance(phi, n_in, q=1.0):
    return 1 / (n_in * (masses @ phi(np.sqrt(q) * nodes) ** 2))


# %% variance | sqrt(q) times a standard normal
def variance(phi, n_in, q=1.0):
    return q / (n_in * (masses @ phi(q * nodes) ** 2))


# %% variance | the mean square, not the variance
def variance(phi, n_in, q=1.0):
    a = phi(np.sqrt(q) * nodes)
    if np.all(a >= 0) and np.any(a == 0):
        return 2 / n_in
    return q / (n_in * (masses @ a**2 - (masses @ a) ** 2))


# %% repair | several labels at once need one sigmoid each
def repaired(scores, labels):
    return torch.nn.CrossEntropyLoss()(scores, labels)


# %% repair | The softmax is still there
def repaired(scores, labels):
    return torch.nn.BCELoss()(scores.softmax(dim=-1), labels)


# %% repair | The sigmoid is applied twice
def repaired(scores, labels):
    return torch.nn.BCEWithLogitsLoss()(scores.sigmoid(), labels)


# %% repair | Sure and wrong must have a slope
def repaired(scores, labels):
    return torch.nn.BCELoss()(scores.sigmoid(), labels)


# %% repair | This is the sum
def repaired(scores, labels):
    return torch.nn.BCEWithLogitsLoss(reduction="sum")(scores, labels)
