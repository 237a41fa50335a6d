/*
 * The same networks as a C99 program of fixed shape: every size is a constant of the compilation, weights are row-major
 * [inputs][outputs], and every inner loop runs over a contiguous row of constant length, which the compiler vectorises.
 *
 * Compile with -DINPUTS=… -DHIDDEN1=… [-DHIDDEN2=…] -DOUTPUTS=… -DBATCH=….
 */
#include <math.h>
#include <string.h>

#define ALIGNED __attribute__((aligned(64)))
#define INLINE static inline __attribute__((always_inline))

/* Neurons that are summed at once; their sums stay in registers. */
#define BLOCK 128

#ifdef HIDDEN2
#define LAST HIDDEN2
#else
#define LAST HIDDEN1
#endif

static float w1[INPUTS * HIDDEN1] ALIGNED, b1[HIDDEN1] ALIGNED, dw1[INPUTS * HIDDEN1] ALIGNED, db1[HIDDEN1] ALIGNED;
#ifdef HIDDEN2
static float w2[HIDDEN1 * HIDDEN2] ALIGNED, b2[HIDDEN2] ALIGNED, dw2[HIDDEN1 * HIDDEN2] ALIGNED, db2[HIDDEN2] ALIGNED;
static float a2[BATCH * HIDDEN2] ALIGNED, da2[BATCH * HIDDEN2] ALIGNED;
#endif
static float w3[LAST * OUTPUTS] ALIGNED, b3[OUTPUTS] ALIGNED, dw3[LAST * OUTPUTS] ALIGNED, db3[OUTPUTS] ALIGNED;
/* Adam's averages, for all parameters one after the other. */
static float means[INPUTS * HIDDEN1 + HIDDEN1 + HIDDEN1 * LAST + LAST + LAST * OUTPUTS + OUTPUTS] ALIGNED;
static float squares[INPUTS * HIDDEN1 + HIDDEN1 + HIDDEN1 * LAST + LAST + LAST * OUTPUTS + OUTPUTS] ALIGNED;
static int adam_steps;

static float a1[BATCH * HIDDEN1] ALIGNED, da1[BATCH * HIDDEN1] ALIGNED;
static float p[BATCH * OUTPUTS] ALIGNED, dz[BATCH * OUTPUTS] ALIGNED, dx[BATCH * INPUTS] ALIGNED;

/* y = x·w + b for one sample and the columns from `from`; of one row the sums of `width` columns at once. */
INLINE void dense_columns(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
                          const int inputs, const int outputs, const int from, const int width, const int relu)
{
    float sum[BLOCK];
    for (int j = 0; j < width; j++)
        sum[j] = b[from + j];
    for (int k = 0; k < inputs; k++)
        for (int j = 0; j < width; j++)
            sum[j] += x[k] * w[k * outputs + from + j];
    for (int j = 0; j < width; j++)
        y[from + j] = relu && sum[j] < 0 ? 0 : sum[j];
}

/* y = x·w + b for every sample, and max(0, y) if it is followed by a ReLU. */
INLINE void dense_forward(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
                          const int inputs, const int outputs, const int relu)
{
    for (int i = 0; i < BATCH; i++) {
        int from = 0;
        for (; from + BLOCK <= outputs; from += BLOCK)
            dense_columns(x + i * inputs, w, b, y + i * outputs, inputs, outputs, from, BLOCK, relu);
        if (outputs % BLOCK)
            dense_columns(x + i * inputs, w, b, y + i * outputs, inputs, outputs, from, outputs % BLOCK, relu);
    }
}

/* The exponentials of all samples are one loop, which calls the vectorised exponential function. */
INLINE void softmax(float *restrict z)
{
    for (int i = 0; i < BATCH; i++) {
        float max = z[i * OUTPUTS];
        for (int j = 1; j < OUTPUTS; j++)
            max = z[i * OUTPUTS + j] > max ? z[i * OUTPUTS + j] : max;
        for (int j = 0; j < OUTPUTS; j++)
            z[i * OUTPUTS + j] -= max;
    }

    for (int i = 0; i < BATCH * OUTPUTS; i++)
        z[i] = expf(z[i]);

    for (int i = 0; i < BATCH; i++) {
        float sum = 0;
        for (int j = 0; j < OUTPUTS; j++)
            sum += z[i * OUTPUTS + j];
        const float scale = 1 / sum;
        for (int j = 0; j < OUTPUTS; j++)
            z[i * OUTPUTS + j] *= scale;
    }
}

/* dw = xᵀ·dy for one input and the columns from `from`. */
INLINE void weight_columns(const float *restrict x, const float *restrict dy, float *restrict dw,
                           const int inputs, const int outputs, const int from, const int width)
{
    float sum[BLOCK];
    for (int j = 0; j < width; j++)
        sum[j] = 0;
    for (int i = 0; i < BATCH; i++)
        for (int j = 0; j < width; j++)
            sum[j] += x[i * inputs] * dy[i * outputs + from + j];
    for (int j = 0; j < width; j++)
        dw[from + j] = sum[j];
}

/* dw = xᵀ·dy, db = Σ dy, dx = dy·wᵀ, which passes where the outputs of a ReLU before are positive. */
INLINE void dense_backward(const float *restrict x, const float *restrict w, const float *restrict dy, float *restrict dw,
                           float *restrict db, float *restrict dx, const int inputs, const int outputs, const int relu)
{
    for (int k = 0; k < inputs; k++) {
        int from = 0;
        for (; from + BLOCK <= outputs; from += BLOCK)
            weight_columns(x + k, dy, dw + k * outputs, inputs, outputs, from, BLOCK);
        if (outputs % BLOCK)
            weight_columns(x + k, dy, dw + k * outputs, inputs, outputs, from, outputs % BLOCK);
    }

    memset(db, 0, outputs * sizeof(float));
    for (int i = 0; i < BATCH; i++)
        for (int j = 0; j < outputs; j++)
            db[j] += dy[i * outputs + j];

    for (int i = 0; i < BATCH; i++)
        for (int k = 0; k < inputs; k++) {
            float sum = 0;
            for (int j = 0; j < outputs; j++)
                sum += dy[i * outputs + j] * w[k * outputs + j];
            dx[i * inputs + k] = relu && x[i * inputs + k] <= 0 ? 0 : sum;
        }
}

INLINE void sgd(float *restrict w, const float *restrict dw, const int count, const float rate)
{
    for (int i = 0; i < count; i++)
        w[i] -= rate * dw[i];
}

/* m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², w −= rate·m / (√v·root + ε); rate and root hold the corrections of both. */
INLINE float *adam(float *restrict w, const float *restrict dw, float *restrict m, float *restrict v, const int count,
                   const float rate, const float root)
{
    for (int i = 0; i < count; i++) {
        m[i] = 0.9f * m[i] + 0.1f * dw[i];
        v[i] = 0.999f * v[i] + 0.001f * dw[i] * dw[i];
        w[i] -= rate * m[i] / (sqrtf(v[i]) * root + 1e-7f);
    }
    return v + count;
}

__attribute__((noinline)) static void predict(const float *restrict x, float *restrict y)
{
    dense_forward(x, w1, b1, a1, INPUTS, HIDDEN1, 1);
#ifdef HIDDEN2
    dense_forward(a1, w2, b2, a2, HIDDEN1, HIDDEN2, 1);
    dense_forward(a2, w3, b3, y, HIDDEN2, OUTPUTS, 0);
#else
    dense_forward(a1, w3, b3, y, HIDDEN1, OUTPUTS, 0);
#endif
    softmax(y);
}

/* Forward and backward; returns the mean cross-entropy. */
__attribute__((noinline)) static float gradients(const float *restrict x, const int *restrict labels)
{
    predict(x, p);

    float loss = 0;
    for (int i = 0; i < BATCH; i++)
        loss -= logf(p[i * OUTPUTS + labels[i]]);

    for (int i = 0; i < BATCH * OUTPUTS; i++)
        dz[i] = p[i] * (1.0f / BATCH);
    for (int i = 0; i < BATCH; i++)
        dz[i * OUTPUTS + labels[i]] -= 1.0f / BATCH;

#ifdef HIDDEN2
    dense_backward(a2, w3, dz, dw3, db3, da2, HIDDEN2, OUTPUTS, 1);
    dense_backward(a1, w2, da2, dw2, db2, da1, HIDDEN1, HIDDEN2, 1);
#else
    dense_backward(a1, w3, dz, dw3, db3, da1, HIDDEN1, OUTPUTS, 1);
#endif
    dense_backward(x, w1, da1, dw1, db1, dx, INPUTS, HIDDEN1, 0);

    return loss / BATCH;
}

/* Updates all parameters by stochastic gradient descent. */
static void sgd_step(const float rate)
{
    sgd(w1, dw1, INPUTS * HIDDEN1, rate);
    sgd(b1, db1, HIDDEN1, rate);
#ifdef HIDDEN2
    sgd(w2, dw2, HIDDEN1 * HIDDEN2, rate);
    sgd(b2, db2, HIDDEN2, rate);
#endif
    sgd(w3, dw3, LAST * OUTPUTS, rate);
    sgd(b3, db3, OUTPUTS, rate);
}

/* Updates all parameters by Adam. */
static void adam_step(const float first_rate, const float decay)
{
    const double t = ++adam_steps;
    const float rate = first_rate / (1 + decay * (t - 1)) / (1 - pow(0.9, t));
    const float root = 1 / sqrt(1 - pow(0.999, t));
    float *v = squares;

    v = adam(w1, dw1, means + (v - squares), v, INPUTS * HIDDEN1, rate, root);
    v = adam(b1, db1, means + (v - squares), v, HIDDEN1, rate, root);
#ifdef HIDDEN2
    v = adam(w2, dw2, means + (v - squares), v, HIDDEN1 * HIDDEN2, rate, root);
    v = adam(b2, db2, means + (v - squares), v, HIDDEN2, rate, root);
#endif
    v = adam(w3, dw3, means + (v - squares), v, LAST * OUTPUTS, rate, root);
    adam(b3, db3, means + (v - squares), v, OUTPUTS, rate, root);
}

/* What the benchmark calls. Parameters and gradients come layer by layer: weights, then biases. */

static float *copy_in(float *restrict to, const float *restrict from, int count)
{
    memcpy(to, from, count * sizeof(float));
    return (float *)from + count;
}

static float *copy_out(const float *restrict from, float *restrict to, int count)
{
    memcpy(to, from, count * sizeof(float));
    return to + count;
}

void set_parameters(const float *from)
{
    from = copy_in(w1, from, INPUTS * HIDDEN1);
    from = copy_in(b1, from, HIDDEN1);
#ifdef HIDDEN2
    from = copy_in(w2, from, HIDDEN1 * HIDDEN2);
    from = copy_in(b2, from, HIDDEN2);
#endif
    from = copy_in(w3, from, LAST * OUTPUTS);
    copy_in(b3, from, OUTPUTS);
}

float get_gradients(const float *x, const int *labels, float *to)
{
    const float loss = gradients(x, labels);

    to = copy_out(dw1, to, INPUTS * HIDDEN1);
    to = copy_out(db1, to, HIDDEN1);
#ifdef HIDDEN2
    to = copy_out(dw2, to, HIDDEN1 * HIDDEN2);
    to = copy_out(db2, to, HIDDEN2);
#endif
    to = copy_out(dw3, to, LAST * OUTPUTS);
    copy_out(db3, to, OUTPUTS);

    return loss;
}

/* Predicts batch after batch of the inputs, from the first again after the last. */
void predict_repeatedly(const float *x, float *y, int batches, int operations)
{
    int batch = 0;
    for (int operation = 0; operation < operations; operation++) {
        predict(x + (long)batch * BATCH * INPUTS, y + (long)batch * BATCH * OUTPUTS);
        batch = batch + 1 == batches ? 0 : batch + 1;
    }
}

/* Predicts one sample again and again; the first two outputs of a call are the first two inputs of the next. */
void predict_chained(float *x, float *y, int operations)
{
    for (int operation = 0; operation < operations; operation++) {
        predict(x, y);
        x[0] = y[0];
        x[1] = y[1];
    }
}

/* Each returns the loss of the last step, before its update. */

float train_sgd(const float *x, const int *labels, float rate, int operations)
{
    float loss = 0;
    for (int operation = 0; operation < operations; operation++) {
        loss = gradients(x, labels);
        sgd_step(rate);
    }
    return loss;
}

float train_adam(const float *x, const int *labels, float rate, float decay, int operations)
{
    float loss = 0;
    for (int operation = 0; operation < operations; operation++) {
        loss = gradients(x, labels);
        adam_step(rate, decay);
    }
    return loss;
}
