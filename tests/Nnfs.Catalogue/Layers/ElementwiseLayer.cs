namespace Nnfs.Catalogue.Layers;

/// <summary>A layer that changes each value by itself.</summary>
internal abstract record ElementwiseLayer : ReferenceLayer
{
    /// <summary>The kernels that compute it, for their tests; <see langword="null"/> where nothing is computed.</summary>
    public abstract ElementwiseKernels? Kernels { get; }

    public override bool IsCausal => true;

    /// <summary>Whether it gives and takes values as they are, so that nothing is rounded.</summary>
    protected virtual bool IsExact => false;

    /// <summary>The function, with its limits where x is infinite.</summary>
    public abstract double Function(double x);

    /// <summary>Its derivative.</summary>
    public abstract double Derivative(double x);

    public sealed override double[] Forward(LayerPass pass)
    {
        double[] y = Array.ConvertAll(pass.Inputs[0], Function);

        return IsExact ? y : pass.Rounding.Of(y);
    }

    public sealed override LayerGradients Backward(LayerPass pass, double[] dy)
    {
        double[] dx = [.. dy.Zip(pass.Inputs[0], (gradient, x) => gradient * Derivative(x))];

        return new(IsExact ? dx : pass.Rounding.Of(dx, () => dy));
    }

    /// <summary>A product whose second factor comes to zero sooner than the first to infinity.</summary>
    protected static double Product(double x, double vanishing) => vanishing == 0 ? 0 : x * vanishing;
}
