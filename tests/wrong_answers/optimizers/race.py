# %% choose | best single seed
def choose(rates, losses):
    mean = np.where(np.isfinite(losses), losses, np.inf).min(axis=1)
    i = mean.argmin()
    return rates[i], i in (0, len(rates) - 1)


# %% choose | its NaN must count
def choose(rates, losses):
    i = np.nanargmin(np.nan_to_num(np.nanmean(losses, axis=1), nan=9))
    return rates[i], i in (0, len(rates) - 1)


# %% choose | Return the rate itself
def choose(rates, losses):
    mean = np.where(np.isfinite(losses), losses, np.inf).mean(axis=1)
    i = mean.argmin()
    return i, i in (0, len(rates) - 1)


# %% choose | minus infinity is a diverged run
def choose(rates, losses):
    i = np.where(np.isnan(losses), np.inf, losses).mean(axis=1).argmin()
    return rates[i], i in (0, len(rates) - 1)


# %% choose | The last of the grid is an edge too
def choose(rates, losses):
    mean = np.where(np.isfinite(losses), losses, np.inf).mean(axis=1)
    return rates[mean.argmin()], mean.argmin() == 0


# %% luck | This is the best of all draws
def luck(K, s, draws, rng):
    return rng.normal(0, s, size=(draws, K)).max()


# %% luck | On average a single seed lies at the mean
def luck(K, s, draws, rng):
    return rng.normal(0, s, size=(draws, K)).mean()


# %% luck | Return one number
def luck(K, s, draws, rng):
    return rng.normal(0, s, size=(draws, K)).max(axis=1)


# %% luck | Draw from the generator
def luck(K, s, draws, rng):
    rng = np.random.default_rng(0)
    return rng.normal(0, s, size=(draws, K)).max(axis=1).mean()


# %% run-tensorflow | 32 times too long
def run_keras(optimizer, W_0, X, y, parts):
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10)])
    model.set_weights([W_0, np.zeros(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, reduction="sum"
    )
    model.compile(optimizer=optimizer, loss=loss)
    for part in parts:
        model.train_on_batch(X[part], y[part])
    return model.get_weights()


# %% run-tensorflow | is the loss that of logits
def run_keras(optimizer, W_0, X, y, parts):
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10)])
    model.set_weights([W_0, np.zeros(10)])
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy")
    for part in parts:
        model.train_on_batch(X[part], y[part])
    return model.get_weights()


# %% run-tensorflow | in the order of parts
def run_keras(optimizer, W_0, X, y, parts):
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10)])
    model.set_weights([W_0, np.zeros(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=optimizer, loss=loss)
    for _ in parts:
        model.train_on_batch(X[parts[0]], y[parts[0]])
    return model.get_weights()


# %% run-pytorch | set to zero before each backward pass
def run_torch(make, W_0, X, y, parts):
    W = torch.tensor(W_0, requires_grad=True)
    b = torch.zeros(10, requires_grad=True)
    optimizer = make([W, b])
    for part in parts:
        Z = torch.tensor(X[part]) @ W + b
        torch.nn.functional.cross_entropy(Z, torch.tensor(y[part])).backward()
        optimizer.step()
    return W.detach().numpy(), b.detach().numpy()


# %% run-pytorch | make the optimizer once
def run_torch(make, W_0, X, y, parts):
    W = torch.tensor(W_0, requires_grad=True)
    b = torch.zeros(10, requires_grad=True)
    for part in parts:
        optimizer = make([W, b])
        optimizer.zero_grad()
        Z = torch.tensor(X[part]) @ W + b
        torch.nn.functional.cross_entropy(Z, torch.tensor(y[part])).backward()
        optimizer.step()
    return W.detach().numpy(), b.detach().numpy()


# %% run-pytorch | first weights were changed
def run_torch(make, W_0, X, y, parts):
    W = torch.from_numpy(W_0).requires_grad_()
    b = torch.zeros(10, requires_grad=True)
    optimizer = make([W, b])
    for part in parts:
        optimizer.zero_grad()
        Z = torch.tensor(X[part]) @ W + b
        torch.nn.functional.cross_entropy(Z, torch.tensor(y[part])).backward()
        optimizer.step()
    return W.detach().numpy(), b.detach().numpy()


# %% fair | of a tuning seed was read
def fair(run, names, rates, tuning_seeds, final_seeds):
    report = {}
    for name in names:

        def wrong(rate, name=name):
            return -np.mean(
                [run(name, rate, s)["test accuracy"] for s in tuning_seeds]
            )

        rate = min(rates, key=wrong)
        runs = [run(name, rate, seed) for seed in final_seeds]
        report[name] = rate, np.array([r["test accuracy"] for r in runs])
    return report


# %% fair | read at more than one rate
def fair(run, names, rates, tuning_seeds, final_seeds):
    report = {}
    for name in names:

        def wrong(rate, name=name):
            return -np.mean(
                [run(name, rate, s)["test accuracy"] for s in final_seeds]
            )

        rate = min(rates, key=wrong)
        runs = [run(name, rate, seed) for seed in final_seeds]
        report[name] = rate, np.array([r["test accuracy"] for r in runs])
    return report


# %% fair | The final seeds took part in the tuning
def fair(run, names, rates, tuning_seeds, final_seeds):
    report = {}
    for name in names:

        def loss(rate, name=name):
            return np.mean(
                [run(name, rate, s)["validation loss"] for s in final_seeds]
            )

        rate = min(rates, key=loss)
        runs = [run(name, rate, seed) for seed in final_seeds]
        report[name] = rate, np.array([r["test accuracy"] for r in runs])
    return report


# %% fair | not the best or the mean
def fair(run, names, rates, tuning_seeds, final_seeds):
    report = {}
    for name in names:

        def loss(rate, name=name):
            return np.mean(
                [run(name, rate, s)["validation loss"] for s in tuning_seeds]
            )

        rate = min(rates, key=loss)
        runs = [run(name, rate, seed) for seed in final_seeds]
        report[name] = rate, np.mean([r["test accuracy"] for r in runs])
    return report
