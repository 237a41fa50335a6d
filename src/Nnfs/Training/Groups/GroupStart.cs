namespace Nnfs.Training.Groups;

/// <summary>Lets the processes of a group begin together, or none of them, where what one was given does not suit.</summary>
internal static class GroupStart
{
    /// <summary>Tells the others, which call <see cref="RequireAll"/>, that this process can't begin.</summary>
    /// <param name="group">The processes; <see langword="null"/> where there are no others.</param>
    public static void Refuse(ITrainingGroup? group) => Sum(group, here: 1);

    /// <summary>Checks that all processes can begin.</summary>
    /// <param name="group">The processes; <see langword="null"/> where there are no others.</param>
    /// <exception cref="InvalidOperationException">Another process has called <see cref="Refuse"/>.</exception>
    public static void RequireAll(ITrainingGroup? group)
    {
        double[] refusing = Sum(group, here: 0);

        if (Array.FindIndex(refusing, static count => count > 0) is >= 0 and var rank)
        {
            throw new InvalidOperationException(
                $"The training has not begun: {refusing.Sum()} of {group!.Size} processes could not, first process {rank}, whose exception says why.");
        }
    }

    private static double[] Sum(ITrainingGroup? group, double here)
    {
        if (group is null)
        {
            return [];
        }

        double[] refusing = new double[group.Size];
        refusing[group.Rank] = here;
        group.Sum(refusing);

        return refusing;
    }
}
