using Nnfs.Training;

namespace Nnfs.Data;

/// <summary>The checks that a data set suits a network, beyond those of lengths and labels.</summary>
internal static class DatasetGuard
{
    /// <summary>Checks that the data set's classes are what the network tells apart.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="name">The parameter that it was passed as.</param>
    /// <exception cref="ArgumentException">
    /// The network takes several labels for a sample, or is a binary one and the data set has more classes than two.
    /// </exception>
    public static void Suits<TNetwork>(Dataset dataset, string name)
        where TNetwork : INetwork<TNetwork>
    {
        Accuracy accuracy = Accuracy.Of<TNetwork>();

        if (accuracy.Positions > 1)
        {
            throw new ArgumentException(
                $"Expected a label for each of a sample's {accuracy.Positions} positions, but a data set has one for each sample: give features and labels " +
                "themselves.",
                name);
        }

        if (accuracy.Kind != AccuracyKind.Binary)
        {
            return;
        }

        if (TNetwork.OutputSize > 1)
        {
            throw new ArgumentException(
                $"Expected a label for each of the network's {TNetwork.OutputSize} outputs, but a data set has one for each sample: pass features " +
                "and labels instead.",
                name);
        }

        if (dataset.ClassCount > 2)
        {
            throw new ArgumentException(
                "Expected a data set of 2 classes, because the network's only output is 0 or 1, but it has " +
                $"{dataset.ClassCount}.",
                name);
        }
    }

    /// <summary>Checks that the data set's samples have as many features and targets as the network inputs and outputs.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="name">The parameter that it was passed as.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void Suits<TNetwork>(RegressionDataset dataset, string name)
        where TNetwork : INetwork<TNetwork>
    {
        if (dataset.FeatureCount != TNetwork.InputSize || dataset.TargetCount != TNetwork.OutputSize)
        {
            throw new ArgumentException(
                $"Expected samples of {TNetwork.InputSize} features and {TNetwork.OutputSize} targets, like the network's inputs and outputs, " +
                $"but they have {dataset.FeatureCount} and {dataset.TargetCount}.",
                name);
        }
    }
}
