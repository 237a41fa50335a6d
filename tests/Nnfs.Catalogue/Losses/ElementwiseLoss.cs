namespace Nnfs.Catalogue.Losses;

/// <summary>A loss that compares each value with its target by itself.</summary>
internal abstract record ElementwiseLoss : ReferenceLoss
{
    /// <summary>The kernels that compute it, for their tests; <see langword="null"/> where it has others.</summary>
    public virtual LossKernels? Kernels => null;

    /// <summary>What one output and its target add to the sum.</summary>
    public abstract double Term(double y, double t);

    /// <summary>The derivative of that by the output, as a difference of two numbers.</summary>
    public abstract (double Left, double Right) SlopeTerms(double y, double t);

    /// <summary>The derivative of that by the output.</summary>
    public double Slope(double y, double t)
    {
        (double left, double right) = SlopeTerms(y, t);

        return left - right;
    }

    protected sealed override double[] Unscaled(double[] y, double[] targets, SampleShape shape) => [.. y.Zip(targets, Term)];

    protected sealed override (double Left, double Right)[] Slopes(double[] y, double[] targets, SampleShape shape) => [.. y.Zip(targets, SlopeTerms)];
}
