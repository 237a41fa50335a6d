using System.Numerics.Tensors;
using System.Text;

namespace Nnfs.Training.Groups;

/// <summary>Compares what the processes of a group train with.</summary>
internal static class GroupSettings
{
    /// <summary>The longest part of a value that a message has.</summary>
    private const int LongestText = 80;

    /// <summary>How much of this part comes before what differs.</summary>
    private const int TextBefore = 30;

    /// <summary>Is in no name and no value.</summary>
    private const char Separator = '\u001E';

    /// <summary>Checks that all processes train with the same settings. All call it together, whatever their settings are.</summary>
    /// <param name="group">The processes.</param>
    /// <param name="settings">Those of this process, each by its name.</param>
    /// <param name="optionsName">The parameter that they were passed as.</param>
    /// <exception cref="ArgumentException">
    /// They do not. The message, the same in all processes, has a line for each difference between the first process and the first one that differs from it.
    /// </exception>
    public static void RequireSame(ITrainingGroup group, IEnumerable<KeyValuePair<string, string>> settings, string optionsName)
    {
        string here = string.Join(Separator, settings.Select(static setting => $"{setting.Key}{Separator}{setting.Value}"));
        string first = TextOf(group, rank: 0, here);
        double[] differing = new double[group.Size];
        differing[group.Rank] = here == first ? 0 : 1;
        group.Sum(differing);

        if (Array.FindIndex(differing, static count => count > 0) is >= 0 and var other)
        {
            string lines = string.Join('\n', Differences(first, TextOf(group, other, here), other));

            throw new ArgumentException(
                $"Expected the processes of a group to train the same network with the same options and numbers of samples, but {differing.Sum()} of " +
                $"{group.Size} do not train as the first one does:\n{lines}\n",
                optionsName);
        }
    }

    /// <summary>What a process has, for all.</summary>
    private static string TextOf(ITrainingGroup group, int rank, string here)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(here);
        double[] length = [group.Rank == rank ? bytes.Length : 0];
        group.Sum(length);
        double[] sums = new double[(int)length[0]];

        if (group.Rank == rank)
        {
            TensorPrimitives.ConvertTruncating<byte, double>(bytes, sums);
        }

        group.Sum(sums);
        bytes = new byte[sums.Length];
        TensorPrimitives.ConvertTruncating<double, byte>(sums, bytes);

        return Encoding.UTF8.GetString(bytes);
    }

    private static IEnumerable<string> Differences(string first, string other, int rank)
    {
        Dictionary<string, string> ofFirst = Settings(first);
        Dictionary<string, string> ofOther = Settings(other);

        return ofFirst.Keys.Union(ofOther.Keys)
            .Select(name => (Name: name, First: ofFirst.GetValueOrDefault(name, "nothing"), Other: ofOther.GetValueOrDefault(name, "nothing")))
            .Where(static setting => setting.First != setting.Other)
            .Select(setting =>
            {
                int same = setting.First.AsSpan().CommonPrefixLength(setting.Other);

                return $"{setting.Name}: {Part(setting.First, same)} in the first process, {Part(setting.Other, same)} in process {rank}";
            });
    }

    /// <summary>What of a value shows a difference, which begins after a number of characters: all of it, if it is short.</summary>
    private static string Part(string value, int same)
    {
        int start = value.Length <= LongestText ? 0 : Math.Max(0, same - TextBefore);
        int end = Math.Min(value.Length, start + LongestText);

        return $"{(start > 0 ? "…" : "")}{value[start..end]}{(end < value.Length ? "…" : "")}";
    }

    private static Dictionary<string, string> Settings(string text) =>
        text.Split(Separator).Chunk(2).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
}
