using Nnfs.Training;

namespace Nnfs.Data;

/// <summary>The checks that a data set suits a network, beyond those of lengths and labels.</summary>
internal static class DatasetGuard
{
    /// <summary>Checks that the data set's features are what the network takes, and its classes what the network tells apart.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="name">The parameter that it was passed as.</param>
    /// <param name="title">What messages call it.</param>
    /// <exception cref="ArgumentException">
    /// The network takes another number of features, or several labels for a sample, or the data set has more classes than the network tells apart.
    /// </exception>
    public static void Suits<TNetwork>(Dataset dataset, string name, string title = "data set")
        where TNetwork : INetwork<TNetwork>
    {
        Accuracy accuracy = Accuracy.Of<TNetwork>();

        if (dataset.FeatureCount != TNetwork.InputSize)
        {
            throw new ArgumentException(
                $"Expected a {title} of samples with as many features as '{TNetwork.Name}' has inputs, but the samples have " +
                $"{dataset.FeatureCount} features and the network takes {TNetwork.InputSize}.",
                name);
        }

        if (accuracy.Positions > 1)
        {
            throw new ArgumentException(
                $"Expected a label for each of a sample's {accuracy.Positions} positions, but a data set has one for each sample: give features and labels " +
                "themselves.",
                name);
        }

        if (accuracy.Kind == AccuracyKind.Binary && TNetwork.OutputSize > 1)
        {
            throw new ArgumentException(
                $"Expected a label for each of the network's {TNetwork.OutputSize} outputs, but a data set has one for each sample: pass features " +
                "and labels instead.",
                name);
        }

        if (accuracy.Kind == AccuracyKind.Binary && dataset.ClassCount > 2)
        {
            throw new ArgumentException(
                $"Expected a {title} of 2 classes, because the network's only output is 0 or 1, but it has " +
                $"{dataset.ClassCount}.",
                name);
        }

        if (accuracy.Kind == AccuracyKind.LargestOutput && dataset.ClassCount > accuracy.ClassCount)
        {
            throw new ArgumentException(
                $"Expected a {title} of at most {accuracy.ClassCount} classes, one for each of the {accuracy.ClassCount} outputs of " +
                $"'{TNetwork.Name}', but it has {dataset.ClassCount} classes.",
                name);
        }
    }

    /// <summary>Checks that the data set's samples have as many features and targets as the network inputs and outputs.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="name">The parameter that it was passed as.</param>
    /// <param name="title">What messages call it.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void Suits<TNetwork>(RegressionDataset dataset, string name, string title = "data set")
        where TNetwork : INetwork<TNetwork>
    {
        if (dataset.FeatureCount != TNetwork.InputSize || dataset.TargetCount != TNetwork.OutputSize)
        {
            throw new ArgumentException(
                $"Expected a {title} for '{TNetwork.Name}' with samples of {TNetwork.InputSize} features and {TNetwork.OutputSize} targets, like the " +
                $"network's inputs and outputs, but they have {dataset.FeatureCount} and {dataset.TargetCount}.",
                name);
        }
    }
}
