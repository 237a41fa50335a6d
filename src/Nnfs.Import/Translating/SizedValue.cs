using Nnfs.Import.Evaluation;

namespace Nnfs.Import.Translating;

/// <summary>
/// A value that depends on the number of samples but not on the samples, such as the shape of a tensor. It is computed for two numbers of samples: what is the
/// same for both is a constant, and what grows with them is a multiple of it. So any arithmetic of shapes is followed without rules of its own.
/// </summary>
/// <param name="First">The value for <see cref="FirstBatch"/> samples.</param>
/// <param name="Second">The value for <see cref="SecondBatch"/> samples.</param>
internal sealed record SizedValue(TensorValue First, TensorValue Second)
{
    /// <summary>A number of samples that hardly any size of a model is.</summary>
    public const int FirstBatch = 101;

    /// <summary>Another one.</summary>
    public const int SecondBatch = 103;

    /// <summary>The value itself where it doesn't depend on the number of samples; otherwise null.</summary>
    public TensorValue? Constant =>
        First.Shape.SequenceEqual(Second.Shape) && First.Kind == Second.Kind && First.ToReals().AsSpan().SequenceEqual(Second.ToReals()) ? First : null;

    /// <summary>Whether all numbers are zero.</summary>
    public bool IsZero => Array.TrueForAll(First.ToReals(), static value => value == 0) && Array.TrueForAll(Second.ToReals(), static value => value == 0);

    /// <summary>The numbers as sizes; null where they are none.</summary>
    public Size[]? Sizes()
    {
        if (First.Kind == TensorKind.Real || First.Rank > 1 || First.Count != Second.Count)
        {
            return null;
        }

        Size[] sizes = new Size[First.Count];

        for (int i = 0; i < sizes.Length; i++)
        {
            (long first, long second) = (First.Integers[i], Second.Integers[i]);

            if (first == second)
            {
                sizes[i] = new(first, IsOfBatch: false);
            }
            else if (first % FirstBatch == 0 && first / FirstBatch * SecondBatch == second)
            {
                sizes[i] = new(first / FirstBatch, IsOfBatch: true);
            }
            else
            {
                return null;
            }
        }

        return sizes;
    }
}
