using System.Runtime.InteropServices;
using System.Text;

namespace Nnfs.Training.Groups;

/// <summary>Compares what the processes of a group train with.</summary>
internal static class GroupSettings
{
    /// <summary>Checks that all processes train with the same settings. All call it together, whatever their settings are.</summary>
    /// <param name="group">The processes.</param>
    /// <param name="settings">Those of this process, each by its name.</param>
    /// <param name="optionsName">The parameter that they were passed as.</param>
    /// <exception cref="ArgumentException">They do not. The message has a line for each setting that is not that of the first process.</exception>
    public static void RequireSame(ITrainingGroup group, IEnumerable<KeyValuePair<string, string>> settings, string optionsName)
    {
        string[] here = [.. settings.Select(static setting => $"{setting.Key}: {setting.Value}")];
        byte[] own = Encoding.UTF8.GetBytes(string.Join('\n', here));
        int[] length = [own.Length];
        group.Broadcast(MemoryMarshal.AsBytes(length.AsSpan()));
        byte[] first = group.Rank == 0 ? own : new byte[length[0]];
        group.Broadcast(first);
        double[] differing = [own.AsSpan().SequenceEqual(first) ? 0 : 1];
        group.Sum(differing);

        if (differing[0] == 0)
        {
            return;
        }

        string[] differences = [.. here.Except(Encoding.UTF8.GetString(first).Split('\n'))];
        string lines = differences.Length == 0
            ? $"Process {group.Rank} trains as the first one does, but others do not: {differing[0]} of {group.Size}."
            : $"Process {group.Rank} does not train as the first one does:\n{string.Join('\n', differences)}";

        throw new ArgumentException(
            $"Expected the processes of a group to train the same network with the same options and numbers of samples. {lines}\n", optionsName);
    }
}
