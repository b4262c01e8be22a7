# %% unpaired | The standard error lacks its factor t
def unpaired(first, second, level=0.95):
    v_1, v_2 = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    return first.mean() - second.mean(), np.sqrt(v_1 + v_2)


# %% unpaired | This is 1.96
def unpaired(first, second, level=0.95):
    v_1, v_2 = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    return first.mean() - second.mean(), 1.96 * np.sqrt(v_1 + v_2)


# %% unpaired | Divide by K - 1
def unpaired(first, second, level=0.95):
    v_1, v_2 = first.var() / len(first), second.var() / len(second)
    freedom = (v_1 + v_2) ** 2 / (
        v_1**2 / (len(first) - 1) + v_2**2 / (len(second) - 1)
    )
    t = stats.t.ppf((1 + level) / 2, freedom)
    return first.mean() - second.mean(), t * np.sqrt(v_1 + v_2)


# %% unpaired | standard deviations of single seeds
def unpaired(first, second, level=0.95):
    v_1, v_2 = first.var(ddof=1), second.var(ddof=1)
    freedom = (v_1 + v_2) ** 2 / (
        v_1**2 / (len(first) - 1) + v_2**2 / (len(second) - 1)
    )
    t = stats.t.ppf((1 + level) / 2, freedom)
    return first.mean() - second.mean(), t * np.sqrt(v_1 + v_2)


# %% unpaired | standard errors do not
def unpaired(first, second, level=0.95):
    v_1, v_2 = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    freedom = (v_1 + v_2) ** 2 / (
        v_1**2 / (len(first) - 1) + v_2**2 / (len(second) - 1)
    )
    t = stats.t.ppf((1 + level) / 2, freedom)
    return first.mean() - second.mean(), t * (np.sqrt(v_1) + np.sqrt(v_2))


# %% unpaired | This leaves 5 % on each side
def unpaired(first, second, level=0.95):
    v_1, v_2 = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    freedom = (v_1 + v_2) ** 2 / (
        v_1**2 / (len(first) - 1) + v_2**2 / (len(second) - 1)
    )
    return first.mean() - second.mean(), stats.t.ppf(level, freedom) * np.sqrt(
        v_1 + v_2
    )


# %% unpaired | degrees of freedom for equal variances
def unpaired(first, second, level=0.95):
    v_1, v_2 = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    t = stats.t.ppf((1 + level) / 2, len(first) + len(second) - 2)
    return first.mean() - second.mean(), t * np.sqrt(v_1 + v_2)


# %% unpaired | This is the whole width
def unpaired(first, second, level=0.95):
    v_1, v_2 = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    freedom = (v_1 + v_2) ** 2 / (
        v_1**2 / (len(first) - 1) + v_2**2 / (len(second) - 1)
    )
    t = stats.t.ppf((1 + level) / 2, freedom)
    return first.mean() - second.mean(), 2 * t * np.sqrt(v_1 + v_2)


# %% unpaired | The argument level is not used
def unpaired(first, second, level=0.95):
    v_1, v_2 = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    freedom = (v_1 + v_2) ** 2 / (
        v_1**2 / (len(first) - 1) + v_2**2 / (len(second) - 1)
    )
    t = stats.t.ppf(0.975, freedom)
    return first.mean() - second.mean(), t * np.sqrt(v_1 + v_2)


# %% unpaired | It is first minus second
def unpaired(first, second, level=0.95):
    v_1, v_2 = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    return second.mean() - first.mean(), 2 * np.sqrt(v_1 + v_2)


# %% winners | take the differences seed by seed
def winners(accuracies):
    M, K = accuracies.shape
    found = set()
    for i in range(M):
        for j in range(M):
            p, q = accuracies[i], accuracies[j]
            error = np.sqrt((p.var(ddof=1) + q.var(ddof=1)) / K)
            t = stats.t.ppf(1 - 0.05 / (M * (M - 1)), 2 * K - 2)
            if p.mean() - q.mean() > t * error:
                found.add((i, j))
    return found


# %% winners | taken for a proof
def winners(accuracies):
    means = accuracies.mean(axis=1)
    M = len(means)
    return {(i, j) for i in range(M) for j in range(M) if means[i] > means[j]}


# %% winners | 0.05 / 3 only
def winners(accuracies):
    M, K = accuracies.shape
    found = set()
    for i in range(M):
        for j in range(M):
            d = accuracies[i] - accuracies[j]
            half = stats.t.ppf(0.975, K - 1) * d.std(ddof=1) / np.sqrt(K)
            if d.mean() > half:
                found.add((i, j))
    return found


# %% winners | The better one comes first
def winners(accuracies):
    M, K = accuracies.shape
    found = set()
    for i in range(M):
        for j in range(M):
            d = accuracies[i] - accuracies[j]
            t = stats.t.ppf(1 - 0.05 / (M * (M - 1)), K - 1)
            if d.mean() > t * d.std(ddof=1) / np.sqrt(K):
                found.add((j, i))
    return found


# %% winners | With the rows exchanged model 0 wins
def winners(accuracies):
    M, K = accuracies.shape
    found = set()
    for i in range(M):
        for j in range(i):
            d = accuracies[i] - accuracies[j]
            t = stats.t.ppf(1 - 0.05 / (M * (M - 1)), K - 1)
            if d.mean() > t * d.std(ddof=1) / np.sqrt(K):
                found.add((i, j))
    return found


# %% winners | divide the standard deviation
def winners(accuracies):
    M, K = accuracies.shape
    found = set()
    for i in range(M):
        for j in range(M):
            d = accuracies[i] - accuracies[j]
            t = stats.t.ppf(1 - 0.05 / (M * (M - 1)), K - 1)
            if d.mean() > t * d.std(ddof=1):
                found.add((i, j))
    return found


# %% winners | Is a difference of the means, or a sort
def winners(accuracies):
    accuracies = np.sort(accuracies, axis=1)
    M, K = accuracies.shape
    found = set()
    for i in range(M):
        for j in range(M):
            d = accuracies[i] - accuracies[j]
            t = stats.t.ppf(1 - 0.05 / (M * (M - 1)), K - 1)
            if d.mean() > t * d.std(ddof=1) / np.sqrt(K):
                found.add((i, j))
    return found


# %% winners | Return a set of tuples
def winners(accuracies):
    return [(1, 0)]


# %% plan | This is the answer for t = 1.96
def seeds_needed(s, h):
    return int(np.ceil((1.96 * s / h) ** 2))


# %% plan | This quantile leaves 5 % on each side
def seeds_needed(s, h):
    K = 2
    while stats.t.ppf(0.95, K - 1) * s / np.sqrt(K) > h:
        K += 1
    return K


# %% plan | one off
def seeds_needed(s, h):
    K = 2
    while stats.t.ppf(0.975, K) * s / np.sqrt(K) > h:
        K += 1
    return K


# %% plan | one off
def seeds_needed(s, h):
    K = 2
    while stats.t.ppf(0.975, K - 1) * s / np.sqrt(K) > h:
        K += 1
    return K + 1


# %% plan | round up
def seeds_needed(s, h):
    K = 5
    for _ in range(50):
        K = (stats.t.ppf(0.975, K - 1) * s / h) ** 2
    return K


# %% confusion | Rows are the true classes
def confusion(wanted, predicted, classes):
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (predicted, wanted), 1)
    return counts, (0, 1), 0


# %% confusion | forgets repetitions
def confusion(wanted, predicted, classes):
    counts = np.zeros((classes, classes), dtype=int)
    counts[wanted, predicted] += 1
    return counts, (0, 1), 0


# %% confusion | Leave out the diagonal
def confusion(wanted, predicted, classes):
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (wanted, predicted), 1)
    pair = np.unravel_index(counts.argmax(), counts.shape)
    return counts, pair, 0


# %% confusion | The true class comes first
def confusion(wanted, predicted, classes):
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (wanted, predicted), 1)
    wrong = counts * (1 - np.eye(classes, dtype=int))
    predicted_as, true = np.unravel_index(wrong.T.argmax(), wrong.shape)
    return counts, (predicted_as, true), 0


# %% confusion | largest share of a row
def confusion(wanted, predicted, classes):
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (wanted, predicted), 1)
    wrong = counts * (1 - np.eye(classes)) / counts.sum(axis=1, keepdims=True)
    return counts, np.unravel_index(wrong.argmax(), wrong.shape), 0


# %% confusion | the fewest right answers
def confusion(wanted, predicted, classes):
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (wanted, predicted), 1)
    wrong = counts * (1 - np.eye(classes, dtype=int))
    pair = np.unravel_index(wrong.argmax(), wrong.shape)
    return counts, pair, np.diag(counts).argmin()


# %% confusion | the most wrong answers
def confusion(wanted, predicted, classes):
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (wanted, predicted), 1)
    wrong = counts * (1 - np.eye(classes, dtype=int))
    pair = np.unravel_index(wrong.argmax(), wrong.shape)
    return counts, pair, wrong.sum(axis=1).argmax()


# %% confusion | The share is taken of the columns
def confusion(wanted, predicted, classes):
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (wanted, predicted), 1)
    wrong = counts * (1 - np.eye(classes, dtype=int))
    pair = np.unravel_index(wrong.argmax(), wrong.shape)
    return counts, pair, (np.diag(counts) / counts.sum(axis=0)).argmin()


# %% train-tensorflow | set the seed before each model
def accuracies_tensorflow(bends, seed, train, test):
    keras.utils.set_random_seed(seed)
    found = []
    for bend in bends:
        model = keras.Sequential(
            [keras.Input((64,)), keras.layers.Dense(32, activation=bend)]
        )
        model.add(keras.layers.Dense(10, "softmax"))
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(*train, epochs=2, verbose=0)
        right = model(test[0]).numpy().argmax(axis=1) == test[1]
        found.append(100 * right.mean())
    return np.array(found)


# %% train-tensorflow | measure on the test data
def accuracies_tensorflow(bends, seed, train, test):
    found = []
    for bend in bends:
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [keras.Input((64,)), keras.layers.Dense(32, activation=bend)]
        )
        model.add(keras.layers.Dense(10, "softmax"))
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(*train, epochs=15, verbose=0)
        right = model(train[0]).numpy().argmax(axis=1) == train[1]
        found.append(100 * right.mean())
    return np.array(found)


# %% train-tensorflow | Too few digits are read
def accuracies_tensorflow(bends, seed, train, test):
    found = []
    for bend in bends:
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [keras.Input((64,)), keras.layers.Dense(32, activation=bend)]
        )
        model.add(keras.layers.Dense(10))
        right = model(test[0]).numpy().argmax(axis=1) == test[1]
        found.append(100 * right.mean())
    return np.array(found)


# %% train-tensorflow | Return percent
def accuracies_tensorflow(bends, seed, train, test):
    return np.full(len(bends), 0.91)


# %% train-tensorflow | Another seed must give
def accuracies_tensorflow(bends, seed, train, test):
    return np.full(len(bends), 91.0)


# %% train-pytorch | set the seed before each model
def accuracies_torch(bends, seed, train, test):
    torch.manual_seed(seed)
    X, y, X_test, y_test = (torch.from_numpy(a) for a in (*train, *test))
    found = []
    for bend in bends:
        model = torch.nn.Sequential(
            torch.nn.Linear(64, 32), bend, torch.nn.Linear(32, 10)
        )
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(60):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(X), y).backward()
            optimizer.step()
        right = model(X_test).argmax(dim=1) == y_test
        found.append(100 * right.double().mean().item())
    return np.array(found)


# %% train-pytorch | measure on the test data
def accuracies_torch(bends, seed, train, test):
    X, y = (torch.from_numpy(a) for a in train)
    found = []
    for bend in bends:
        torch.manual_seed(seed)
        model = torch.nn.Sequential(
            torch.nn.Linear(64, 32), bend, torch.nn.Linear(32, 10)
        )
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(60):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(X), y).backward()
            optimizer.step()
        right = model(X).argmax(dim=1) == y
        found.append(100 * right.double().mean().item())
    return np.array(found)


# %% train-pytorch | Too few digits are read
def accuracies_torch(bends, seed, train, test):
    X, y, X_test, y_test = (torch.from_numpy(a) for a in (*train, *test))
    found = []
    for bend in bends:
        torch.manual_seed(seed)
        model = torch.nn.Sequential(
            torch.nn.Linear(64, 32), bend, torch.nn.Linear(32, 10)
        )
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(3):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(X), y).backward()
            optimizer.step()
        right = model(X_test).argmax(dim=1) == y_test
        found.append(100 * right.double().mean().item())
    return np.array(found)


# %% train-pytorch | Another seed must give
def accuracies_torch(bends, seed, train, test):
    X, y, X_test, y_test = (torch.from_numpy(a) for a in (*train, *test))
    found = []
    for bend in bends:
        torch.manual_seed(0)
        model = torch.nn.Sequential(
            torch.nn.Linear(64, 32), bend, torch.nn.Linear(32, 10)
        )
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(60):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(X), y).backward()
            optimizer.step()
        right = model(X_test).argmax(dim=1) == y_test
        found.append(100 * right.double().mean().item())
    return np.array(found)


# %% train-pytorch | one accuracy for each activation
def accuracies_torch(bends, seed, train, test):
    return 91.0


# %% repair | one permutation for both
def repaired(X, y, n, rng):
    return broken(X, y, n, rng)


# %% repair | Nothing was shuffled
def repaired(X, y, n, rng):
    return (X[:n], y[:n]), (X[n:], y[n:])


# %% repair | shuffle once, then cut
def repaired(X, y, n, rng):
    first, second = rng.permutation(len(X)), rng.permutation(len(X))
    return (X[first[:n]], y[first[:n]]), (X[second[n:]], y[second[n:]])


# %% repair | The caller's arrays were shuffled too
def repaired(X, y, n, rng):
    order = rng.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    return (X[:n], y[:n]), (X[n:], y[n:])


# %% repair | Take the order from rng
def repaired(X, y, n, rng):
    order = np.random.default_rng(0).permutation(len(X))
    return (X[order[:n]], y[order[:n]]), (X[order[n:]], y[order[n:]])


# %% repair | The second pile holds the last examples
def repaired(X, y, n, rng):
    order = np.concatenate([rng.permutation(n), np.arange(n, len(X))])
    return (X[order[:n]], y[order[:n]]), (X[order[n:]], y[order[n:]])
