using System.Diagnostics.CodeAnalysis;

namespace Nnfs.Data;

/// <summary>
/// Indices as features. Data sets and training hold the inputs of all networks as floats, which are exact for whole numbers below 2²⁴; a network of indices
/// turns them back.
/// </summary>
internal static class IndexFeatures
{
    /// <summary>The greatest index that a float tells from its neighbours.</summary>
    public const int Greatest = (1 << 24) - 1;

    /// <summary>Indices as floats.</summary>
    /// <param name="indices">The indices, from 0 to <see cref="Greatest"/>.</param>
    /// <param name="name">The parameter that they were passed as.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public static float[] Of(ReadOnlySpan<int> indices, string name)
    {
        int outside = indices.IndexOfAnyExceptInRange(0, Greatest);

        if (outside >= 0)
        {
            throw new ArgumentOutOfRangeException(
                name, indices[outside], $"Expected indices from 0 to {Greatest}, but number {outside} is {indices[outside]}.");
        }

        float[] features = new float[indices.Length];

        for (int i = 0; i < features.Length; i++)
        {
            features[i] = indices[i];
        }

        return features;
    }

    /// <summary>Checks that features are indices within a network's vocabulary, where it reads them as such.</summary>
    /// <param name="features">The features of all samples.</param>
    /// <param name="name">The parameter that they were passed as.</param>
    /// <param name="of">What messages say they are of, with a space before it; empty where the parameter tells.</param>
    /// <exception cref="ArgumentException">One is no whole number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is beyond the vocabulary.</exception>
    public static void Check<TNetwork>(ReadOnlySpan<float> features, string name, string of = "")
        where TNetwork : INetwork<TNetwork>
    {
        if (TNetwork.Inputs.Length > 1)
        {
            CheckRows(TNetwork.Inputs.AsSpan(), features, name, of);

            return;
        }

        LayerInfo? table = TNetwork.Layers.Where(static layer => layer.Definition.ReadsIndices).MinBy(static layer => layer.Tensors[0].Shape[0]);

        if (table is null)
        {
            return;
        }

        int vocabulary = table.Tensors[0].Shape[0];

        for (int i = 0; i < features.Length; i++)
        {
            float feature = features[i];

            if (!float.IsInteger(feature) || feature > Greatest)
            {
                ThrowNoIndex(feature, i, name, of);
            }

            if (feature < 0 || feature >= vocabulary)
            {
                string range = $"from 0 to {vocabulary - 1}, the vocabulary of '{table.Name}'";

                throw new ArgumentOutOfRangeException(name, feature, $"Expected indices{of} {range}, but number {i} is {(int)feature}.");
            }
        }
    }

    /// <summary>Checks those inputs of several that are indices.</summary>
    private static void CheckRows(ReadOnlySpan<InputInfo> inputs, ReadOnlySpan<float> rows, string name, string of)
    {
        for (int i = 0; i < rows.Length;)
        {
            foreach (InputInfo input in inputs)
            {
                foreach (float value in input.TakesIndices ? rows.Slice(i, input.Size) : [])
                {
                    if (!float.IsInteger(value) || value < 0 || value >= input.Vocabulary)
                    {
                        string range = $"from 0 to {input.Vocabulary - 1} for the input '{input.Name}'";

                        throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"Expected indices{of} {range}, but one is {value}."));
                    }
                }

                i += input.Size;
            }
        }
    }

    /// <summary>Reports a float that is no index.</summary>
    [DoesNotReturn]
    public static void ThrowNoIndex(float feature, int place, string name, string of = "") => throw new ArgumentException(
        FormattableString.Invariant($"Expected whole numbers up to {Greatest} as indices{of}, but number {place} is {feature}."), name);
}
