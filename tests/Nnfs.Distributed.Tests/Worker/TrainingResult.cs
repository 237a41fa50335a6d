using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nnfs.Distributed.Worker;

/// <summary>What came of a training, in a line of text that differs where a bit does.</summary>
internal static class TrainingResult
{
    /// <summary>Hashes of the parameters and of the history without its times, and how it ended.</summary>
    public static string Of<TNetwork>(TNetwork network, TrainingHistory history)
        where TNetwork : INetworkModel<TNetwork>
    {
        IEnumerable<string> epochs = history.Epochs.Select(static epoch => FormattableString.Invariant(
            $"{epoch.Epoch} {epoch.Loss:R} {epoch.DataLoss:R} {epoch.RegularizationLoss:R} {epoch.Accuracy:R} {epoch.ValidationLoss:R} ") +
            FormattableString.Invariant($"{epoch.ValidationAccuracy:R} {epoch.LearningRate:R}"));
        IEnumerable<string> outputs = history.Epochs.SelectMany(static epoch => epoch.Outputs)
            .Select(static output => FormattableString.Invariant(
                $"{output.Loss:R} {output.Accuracy:R} {output.ValidationLoss:R} {output.ValidationAccuracy:R}"));
        string report = string.Join('\n', [$"{history.BestEpoch}", .. epochs, .. outputs]);

        return FormattableString.Invariant($"{Hash<float>(network.Parameters)} {Hash<char>(report)} {history.StopReason} ") +
            FormattableString.Invariant($"{history.Epochs.Count} {(history.Epochs.Count == 0 ? 0 : history.Epochs[^1].Loss):R}");
    }

    /// <summary>A hash of the bits of some numbers.</summary>
    public static string Hash<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values)))[..16];
}
