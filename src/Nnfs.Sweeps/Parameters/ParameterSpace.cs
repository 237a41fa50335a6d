namespace Nnfs.Sweeps.Parameters;

/// <summary>What is asked of the parameters of an objective together.</summary>
internal static class ParameterSpace
{
    /// <summary>The parameters in words, to see whether two are alike.</summary>
    public static string Text(IReadOnlyList<Parameter> space) => string.Join("; ", space.Select(static parameter => $"{parameter.Name}: {parameter.Values}"));

    /// <summary>The place of a parameter among names.</summary>
    /// <exception cref="ArgumentException">It is not among them.</exception>
    public static int Find(IEnumerable<string> names, Parameter parameter)
    {
        string[] all = [.. names];

        return Array.IndexOf(all, parameter.Name) is >= 0 and int place
            ? place
            : throw new ArgumentException(
                $"'{parameter.Name}' is not in the space of the objective, which has '{string.Join("', '", all)}'.", nameof(parameter));
    }

    /// <summary>Checks that there are parameters, and that each has a name of its own.</summary>
    /// <exception cref="ArgumentException">That is not so.</exception>
    public static void Require(Objective objective)
    {
        if (objective.Space.Count == 0)
        {
            throw new ArgumentException($"The space of '{objective.Name}' must have a parameter, but is empty.", nameof(objective));
        }

        if (objective.Space.GroupBy(static parameter => parameter.Name).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException(
                $"The parameters of '{objective.Name}' need different names, but '{twice.Key}' is there {twice.Count()} times.", nameof(objective));
        }
    }
}
