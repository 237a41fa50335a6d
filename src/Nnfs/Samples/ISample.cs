using System.Collections.Immutable;

namespace Nnfs;

/// <summary>What a type with <see cref="SampleAttribute">[Sample]</see> has, for code that is generic over samples. The source generator writes it.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ISample<TSelf>
    where TSelf : ISample<TSelf>
{
    /// <summary>What the features and the label are.</summary>
    static abstract SampleSchema Schema { get; }

    /// <summary>The columns of a CSV file of samples, in the order of the declaration.</summary>
    static abstract ImmutableArray<CsvColumn> Columns { get; }

    /// <summary>The class of the sample, from 0; −1 where its label is missing or no class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The label is a value that its enum has no name for.</exception>
    int LabelClass { get; }

    /// <summary>
    /// Writes the values of the features, not scaled. A number that is missing is <see cref="double.NaN"/>, and the value after it is 1.
    /// </summary>
    /// <param name="values">Takes <see cref="SampleSchema.FeatureCount"/> values.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> or an array has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A feature is a value that its enum has no name for.</exception>
    void WriteFeatures(Span<double> values);

    /// <summary>Writes the numbers of the label, not scaled. One that is missing is <see cref="double.NaN"/>.</summary>
    /// <param name="targets">Takes as many values as the label has numbers: none where it is classes.</param>
    /// <exception cref="ArgumentException"><paramref name="targets"/> or an array has another length.</exception>
    void WriteTargets(Span<double> targets);

    /// <summary>Makes a sample of a row of a CSV file.</summary>
    /// <param name="row">The row.</param>
    static abstract TSelf Parse(CsvRow row);

    /// <summary>Writes the sample as a row of a CSV file.</summary>
    /// <param name="row">Takes the fields.</param>
    void WriteFields(CsvRowWriter row);
}
