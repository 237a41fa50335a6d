using System.Globalization;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>What checks found: failures, and how much of its tolerance each kind of check used at worst.</summary>
internal sealed class Findings
{
    private readonly SortedDictionary<string, (double Share, string What)> _worst = new(StringComparer.Ordinal);

    public List<string> Failures { get; } = [];

    /// <summary>The finite differences that were taken.</summary>
    public int Differences { get; private set; }

    /// <summary>Those of them that float64 could tell from the gradient to the full tolerance.</summary>
    public int SharpDifferences { get; private set; }

    /// <summary>Holds an error against what is allowed.</summary>
    public void Check(string kind, double error, double allowed, string what)
    {
        double share = error == 0 ? 0 : error / allowed;
        Note(kind, (double.IsNaN(share) ? double.PositiveInfinity : share, what));

        if (!(share <= 1))
        {
            Failures.Add(string.Create(CultureInfo.InvariantCulture, $"{kind}: {what}: error {error:g3}, allowed {allowed:g3}"));
        }
    }

    public void CountDifference(bool isSharp)
    {
        Differences++;
        SharpDifferences += isSharp ? 1 : 0;
    }

    public void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            Failures.Add(otherwise);
        }
    }

    public void Add(Findings other)
    {
        Failures.AddRange(other.Failures);
        Differences += other.Differences;
        SharpDifferences += other.SharpDifferences;

        foreach ((string kind, (double Share, string What) worst) in other._worst)
        {
            Note(kind, worst);
        }
    }

    private void Note(string kind, (double Share, string What) found)
    {
        if (found.Share >= _worst.GetValueOrDefault(kind).Share)
        {
            _worst[kind] = found;
        }
    }

    public override string ToString() =>
        $"{SharpDifferences} of {Differences} differences are sharp. At worst:\n" +
        string.Join("\n", _worst.Select(static pair => string.Create(
            CultureInfo.InvariantCulture,
            $"{pair.Key} {pair.Value.Share:p1} of what is allowed: {pair.Value.What}")));
}
