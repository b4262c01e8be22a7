# %% logaddexp | Return a Node
def logaddexp(a, b):
    return np.logaddexp(as_node(a).value, as_node(b).value)


# %% logaddexp | The logarithm is missing
def logaddexp(a, b):
    a, b = as_node(a), as_node(b)
    p, q = np.exp(a.value), np.exp(b.value)
    return Node(p + q, [a, b], lambda G: [G * p, G * q])


# %% logaddexp | multiply by the upstream gradient
def logaddexp(a, b):
    a, b = as_node(a), as_node(b)
    value = np.logaddexp(a.value, b.value)
    share = safe_sigmoid(a.value - b.value)
    return Node(value, [a, b], lambda G: [share, 1 - share])


# %% logaddexp | The two derivatives are exchanged
def logaddexp(a, b):
    a, b = as_node(a), as_node(b)
    value = np.logaddexp(a.value, b.value)
    share = safe_sigmoid(b.value - a.value)
    return Node(value, [a, b], lambda G: [G * share, G * (1 - share)])


# %% logaddexp | At 1000 the exponential overflows
def logaddexp(a, b):
    a, b = as_node(a), as_node(b)
    p, q = np.exp(a.value), np.exp(b.value)
    value = np.log(p + q)
    return Node(value, [a, b], lambda G: [G * p / (p + q), G * q / (p + q)])


# %% logaddexp | At 1000 the gradient is no number
def logaddexp(a, b):
    a, b = as_node(a), as_node(b)
    value = np.logaddexp(a.value, b.value)
    p, q = np.exp(a.value), np.exp(b.value)
    return Node(value, [a, b], lambda G: [G * p / (p + q), G * q / (p + q)])


# %% take | Return a Node
def take(table, rows):
    return as_node(table).value[rows]


# %% take | only its last gradient is left
def take(table, rows):
    table = as_node(table)

    def local(G):
        G_table = np.zeros(table.value.shape)
        G_table[rows] = G
        return [G_table]

    return Node(table.value[rows], [table], local)


# %% take | by = and by += too
def take(table, rows):
    table = as_node(table)

    def local(G):
        G_table = np.zeros(table.value.shape)
        G_table[rows] += G
        return [G_table]

    return Node(table.value[rows], [table], local)


# %% take | This counts how often a row was used
def take(table, rows):
    table = as_node(table)

    def local(G):
        G_table = np.zeros(table.value.shape)
        np.add.at(G_table, rows, 1.0)
        return [G_table]

    return Node(table.value[rows], [table], local)


# %% take | one array of the table's shape
def take(table, rows):
    table = as_node(table)
    return Node(table.value[rows], [table], lambda G: [G[:-1]])


# %% take | begin with new zeros
def take(table, rows):
    table = as_node(table)
    G_table = np.zeros(table.value.shape)

    def local(G):
        np.add.at(G_table, rows, G)
        return [G_table]

    return Node(table.value[rows], [table], local)


# %% topological | RecursionError
def topological(last):
    placed, found = [], set()

    def visit(node):
        found.add(node)
        for parent in node.parents:
            if parent not in found:
                visit(parent)
        placed.append(node)

    visit(last)
    return placed[::-1]


# %% topological | before one of its children
def topological(last):
    placed = [last]
    for node in placed:
        placed += [p for p in dict.fromkeys(node.parents) if p not in placed]
    return placed


# %% topological | A node is in the list twice
def topological(last):
    placed = [last]
    for node in placed:
        placed += node.parents
    return placed


# %% topological | The list begins with the last node
def topological(last):
    return order(last)[::-1]


# %% topological | must not come from the numbers
def topological(last):
    return order(last)


# %% topological | A node is missing
def topological(last):
    return [last]


# %% quantize-tensorflow | The gradient is 0
@tf.custom_gradient
def quantize_tensorflow(z):
    return tf.round(4 * tf.clip_by_value(z, -1, 1)) / 4, lambda G: 0 * G


# %% quantize-tensorflow | There is no gradient
def quantize_tensorflow(z):
    levels = tf.cast(
        4 * tf.clip_by_value(z, -1, 1) + 0.5 * tf.sign(z), "int64"
    )
    return tf.cast(levels, z.dtype) / 4


# %% quantize-tensorflow | Stop the gradient where
@tf.custom_gradient
def quantize_tensorflow(z):
    return tf.round(4 * tf.clip_by_value(z, -1, 1)) / 4, lambda G: G


# %% quantize-tensorflow | Clip to
@tf.custom_gradient
def quantize_tensorflow(z):
    def local(G):
        return tf.where(tf.abs(z) <= 1, G, 0)

    return tf.round(4 * z) / 4, local


# %% quantize-tensorflow | The upstream G is lost
@tf.custom_gradient
def quantize_tensorflow(z):
    def local(G):
        return tf.cast(tf.abs(z) <= 1, z.dtype)

    return tf.round(4 * tf.clip_by_value(z, -1, 1)) / 4, local


# %% quantize-pytorch | The gradient is 0
class Quantize(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        return torch.round(4 * z.clamp(-1, 1)) / 4

    @staticmethod
    def backward(ctx, G):
        return 0 * G


# %% quantize-pytorch | Stop the gradient where
class Quantize(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        return torch.round(4 * z.clamp(-1, 1)) / 4

    @staticmethod
    def backward(ctx, G):
        return G


# %% quantize-pytorch | These are whole numbers
class Quantize(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        ctx.save_for_backward(z)
        return torch.round(z.clamp(-1, 1))

    @staticmethod
    def backward(ctx, G):
        (z,) = ctx.saved_tensors
        return G * (z.abs() <= 1)


# %% quantize-pytorch | backward must return one
class Quantize(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        return torch.round(4 * z.clamp(-1, 1)) / 4

    @staticmethod
    def backward(ctx, G):
        pass


# %% predict | sum over the copies that were made of A
def predict(A, B):
    return np.ones((len(A), len(B))) * B, np.ones((len(A), len(B))) * A


# %% predict | A gradient has the shape of its array
def predict(A, B):
    return np.full(len(A), B.sum()), np.full(len(B), A.sum())


# %% predict | The local derivative for A is B
def predict(A, B):
    return np.full(A.shape, A.sum()), np.full(B.shape, B.sum())


# %% predict | not a mean
def predict(A, B):
    return np.full(A.shape, B.mean()), np.full(B.shape, A.mean())


# %% repair | still the slope of a sigmoid
def softmax(a):
    return broken(a)


# %% repair | The sum runs over the examples
def softmax(a):
    p = broken(a).value
    return Node(p, [a], lambda G: [p * (G - (G * p).sum(axis=0))])


# %% repair | one factor p is missing
def softmax(a):
    p = broken(a).value
    return Node(p, [a], lambda G: [p * (G - G.sum(-1, keepdims=True))])


# %% repair | the way back of log-softmax
def softmax(a):
    p = broken(a).value
    return Node(p, [a], lambda G: [G - p * G.sum(-1, keepdims=True)])
