namespace Nnfs;

/// <summary>How a <see cref="GELUAttribute">GELU</see> is computed.</summary>
public enum GELUForm
{
    /// <summary><c>y = x · Φ(x)</c> with the normal distribution <c>Φ(x) = (1 + erf(x / √2)) / 2</c>.</summary>
    Exact,

    /// <summary><c>y = x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³)))</c>.</summary>
    Tanh,
}
