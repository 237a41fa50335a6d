using Nnfs.Import.Translating;

namespace Nnfs.Import.Writing;

/// <summary>The names of inputs and outputs as parameters of methods: those of the model, with what no identifier has left out.</summary>
internal static class PortNames
{
    private static readonly HashSet<string> s_taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "workspace", "scratch", "samples", "start", "tile", "loss", "seed", "random", "network", "count", "stride", "batchSize", "threads", "TileSamples",
        "streamState", "nameof", "batch", "inputs", "outputs", "labels", "targets", "parameters", "gradients", "forward", "backward", "predict",
    };

    /// <summary>The names of some ports, in their order.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="suffix">What a name ends with that would otherwise mean something else.</param>
    /// <param name="used">The names that others have.</param>
    public static string[] Of(IReadOnlyList<ImportedPort> ports, string suffix, HashSet<string> used)
    {
        string[] names = new string[ports.Count];

        for (int i = 0; i < names.Length; i++)
        {
            string name = Identifier(ports[i].Name, suffix);

            // Members are named after ports, as "xSize" is after "x".
            if (s_taken.Contains(name) || !ClassNames.IsValid(name) || !used.Add(name))
            {
                name += suffix;

                for (int number = 2; !used.Add(name); number++)
                {
                    name = $"{Identifier(ports[i].Name, suffix)}{suffix}{Numbers.Text(number)}";
                }
            }

            names[i] = name;
        }

        return names;
    }

    private static string Identifier(string name, string suffix)
    {
        // "serving_default_image:0" is one of several outputs of an operation, the number of which tells nothing.
        string stem = name.Split(':')[0].Replace("serving_default_", "", StringComparison.Ordinal);
        string[] words = string.Concat(stem.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string joined = string.Concat(words.Select(static (word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

        return joined.Length == 0 || !char.IsAsciiLetter(joined[0]) ? suffix.ToLowerInvariant() + joined : joined;
    }
}
