using System.ComponentModel;

namespace Nnfs.Kernels;

/// <summary>
/// The backward pass of the fully connected layer in one call, for networks that are written plainly. Arguments are laid out as those of <see cref="Dense"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DensePlain
{
    /// <summary>
    /// Effectively computes <c>dw[k, j] = Σᵢ x[i, k] · dy[i, j]</c>, <c>db[j] = Σᵢ dy[i, j]</c> and <c>dx[i, k] = Σⱼ dy[i, j] · w[k, j]</c>.
    /// </summary>
    /// <param name="x">The inputs of the forward pass [samples × inputs].</param>
    /// <param name="w">Weights [inputs × stride].</param>
    /// <param name="transposed">Memory for the transposed weights [neurons × stride of the inputs]; written.</param>
    /// <param name="dy">Gradients of the outputs [samples × neurons].</param>
    /// <param name="dw">Gradients of the weights [inputs × stride]; written.</param>
    /// <param name="db">Gradients of the biases [stride]; written.</param>
    /// <param name="dx">Gradients of the inputs [samples × inputs]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TInputs, TNeurons>(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> w,
        Span<float> transposed,
        AlignedBlock dy,
        Span<float> dw,
        Span<float> db,
        Span<float> dx,
        int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
    {
        BackwardParameters<TInputs, TNeurons>(x, dy, dw, db, samples);
        BackwardInputs<TInputs, TNeurons>(w, transposed, dy, dx, samples);
    }

    /// <summary>Effectively computes <c>dw[k, j] = Σᵢ x[i, k] · dy[i, j]</c> and <c>db[j] = Σᵢ dy[i, j]</c>.</summary>
    /// <inheritdoc cref="Backward{TInputs, TNeurons}" path="/param | /typeparam | /exception"/>
    public static void BackwardParameters<TInputs, TNeurons>(ReadOnlySpan<float> x, AlignedBlock dy, Span<float> dw, Span<float> db, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension =>
        Dense.BackwardParameters<TInputs, TNeurons>(x, dy, first: 0, dw, db, samples, start: 0, TInputs.Value, adds: false);

    /// <summary>Effectively computes <c>dx[i, k] = Σⱼ dy[i, j] · w[k, j]</c>.</summary>
    /// <inheritdoc cref="Backward{TInputs, TNeurons}" path="/param | /typeparam | /exception"/>
    public static void BackwardInputs<TInputs, TNeurons>(ReadOnlySpan<float> w, Span<float> transposed, AlignedBlock dy, Span<float> dx, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(dy);
        Dense.Transpose<TInputs, TNeurons>(w, transposed, 0, TNeurons.Value);
        Dense.BackwardInputs<TInputs, TNeurons>(dy.Span, transposed, dx, samples);
    }
}
