namespace Nnfs.Import.Translating;

/// <summary>
/// Views of the same values with other dimensions. Sizes may be stated for any number of samples or for the one number that the model was written for; it is
/// then found out which of them means the samples.
/// </summary>
internal static class Reshaping
{
    /// <summary>The view with other dimensions; null where they don't fit.</summary>
    /// <param name="view">The view.</param>
    /// <param name="sizes">The sizes, one of which may be −1: what is left.</param>
    /// <param name="fixedBatch">The number of samples that the model was written for, or null where that is free.</param>
    public static View? To(View view, IReadOnlyList<Size> sizes, int? fixedBatch)
    {
        View? best = null;
        int greatest = -1;

        foreach (Size[] candidate in Candidates(view, sizes, fixedBatch))
        {
            if (Matched(view, candidate) is { } match)
            {
                // Samples that keep a dimension of their own are what is meant.
                if (match.BatchDimension >= 0)
                {
                    return match;
                }

                if (Likelihood(match) is var likelihood && likelihood > greatest)
                {
                    (best, greatest) = (match, likelihood);
                }
            }
        }

        return best;
    }

    /// <summary>
    /// How likely samples are meant to be joined with other values as they are: the last dimension holds values of one sample, and the samples are the slowest
    /// of those that they are joined with, as heads of an attention are.
    /// </summary>
    private static int Likelihood(View view) =>
        (view.HasBatch(view.Rank - 1) ? 0 : 2) + (Enumerable.Range(0, view.Rank).Any(i => view.HasBatch(i) && view[i][0].IsBatch) ? 1 : 0);

    /// <summary>What the sizes may mean, with all of them known.</summary>
    private static IEnumerable<Size[]> Candidates(View view, IReadOnlyList<Size> sizes, int? fixedBatch)
    {
        bool hasBatch = Enumerable.Range(0, view.Rank).Any(view.HasBatch);
        int rest = sizes.ToList().FindIndex(static size => size is { Factor: -1, IsOfBatch: false });

        if (!hasBatch || sizes.Any(static size => size.IsOfBatch))
        {
            if (Completed(sizes, rest, view.Count, isRestOfBatch: false) is { } completed)
            {
                yield return completed;
            }

            yield break;
        }

        if (rest >= 0 && Completed(sizes, rest, view.Count, isRestOfBatch: true) is { } withRest)
        {
            yield return withRest;
        }

        if (fixedBatch is not { } batch)
        {
            yield break;
        }

        for (int i = 0; i < sizes.Count; i++)
        {
            if (i != rest && sizes[i].Factor > 0 && sizes[i].Factor % batch == 0)
            {
                Size[] changed = [.. sizes];
                changed[i] = new(sizes[i].Factor / batch, IsOfBatch: true);

                if (Completed(changed, rest, view.Count, isRestOfBatch: false) is { } candidate)
                {
                    yield return candidate;
                }
            }
        }
    }

    private static Size[]? Completed(IReadOnlyList<Size> sizes, int rest, int count, bool isRestOfBatch)
    {
        long known = 1;

        for (int i = 0; i < sizes.Count; i++)
        {
            known *= i == rest ? 1 : sizes[i].Factor;

            if (known is <= 0 or > int.MaxValue)
            {
                return null;
            }
        }

        if (rest < 0)
        {
            return known == count ? [.. sizes] : null;
        }

        if (count % known != 0)
        {
            return null;
        }

        Size[] completed = [.. sizes];
        completed[rest] = new(count / known, isRestOfBatch);

        return completed;
    }

    /// <summary>Deals the axes out to the sizes, in their order, and divides those that belong to several.</summary>
    private static View? Matched(View view, Size[] sizes)
    {
        Stack<Axis> axes = new(View.Joined(view.AxesOf(Enumerable.Range(0, view.Rank))).Reverse());
        List<Axis[]> dimensions = [];

        foreach (Size size in sizes)
        {
            List<Axis> taken = [];
            bool needsBatch = size.IsOfBatch;
            long left = size.Factor;

            while (needsBatch || left > 1)
            {
                if (!axes.TryPop(out Axis axis))
                {
                    return null;
                }

                if (axis.IsBatch)
                {
                    if (!needsBatch)
                    {
                        return null;
                    }

                    needsBatch = false;
                    taken.Add(axis);
                }
                else if (left % axis.Size == 0)
                {
                    left /= axis.Size;
                    taken.Add(axis);
                }
                else if (left > 1 && axis.Size % left == 0)
                {
                    int slower = (int)left;
                    int faster = axis.Size / slower;
                    taken.Add(new(slower, axis.Stride * faster));
                    axes.Push(new(faster, axis.Stride));
                    left = 1;
                }
                else
                {
                    return null;
                }
            }

            dimensions.Add([.. taken]);
        }

        return axes.Count == 0 ? new(dimensions) : null;
    }
}
