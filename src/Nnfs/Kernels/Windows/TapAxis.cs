namespace Nnfs.Kernels;

/// <summary>
/// Which values of an image make those of another along one dimension: the value <c>First + n·Step</c> is made of the values
/// <c>Origin + n·SourceStep + j·TapStep</c>, by the taps <c>FirstTap + j·TapIncrement</c> of a window, for every <c>j</c> with which there is such a value.
/// </summary>
internal readonly struct TapAxis
{
    /// <summary>The first value.</summary>
    public int First { get; private init; }

    /// <summary>The distance to the next.</summary>
    public int Step { get; private init; }

    /// <summary>Their number.</summary>
    public int Count { get; private init; }

    /// <summary>The source of the first value by the first tap; it may lie outside of the image.</summary>
    public int Origin { get; private init; }

    /// <summary>The distance between the sources of one value and the next.</summary>
    public int SourceStep { get; private init; }

    /// <summary>The number of sources that there are.</summary>
    public int SourceSize { get; private init; }

    /// <summary>The number of the first tap in the window.</summary>
    public int FirstTap { get; private init; }

    /// <summary>The distance to the number of the next.</summary>
    public int TapIncrement { get; private init; }

    /// <summary>The number of taps.</summary>
    public int Taps { get; private init; }

    /// <summary>The distance between the sources of one tap and the next.</summary>
    public int TapStep { get; private init; }

    /// <summary>The values of a window's places, made of those of the image.</summary>
    /// <param name="size">The values of the image.</param>
    /// <param name="places">The places of the window.</param>
    /// <param name="kernel">The values that it takes.</param>
    /// <param name="stride">How far it moves from one place to the next.</param>
    /// <param name="dilation">The distance between its values.</param>
    /// <param name="padding">The zeros before the first value.</param>
    public static TapAxis OfPlaces(int size, int places, int kernel, int stride, int dilation, int padding) => new()
    {
        Step = 1,
        Count = places,
        Origin = -padding,
        SourceStep = stride,
        SourceSize = size,
        TapIncrement = 1,
        Taps = kernel,
        TapStep = dilation,
    };

    /// <summary>
    /// The gradients of every <paramref name="stride"/>th value of the image, made of those of the places that took it:
    /// <c>i = o·stride + k·dilation − padding</c>. Such values have the same taps, those with which <c>i + padding − k·dilation</c> is a multiple of the
    /// stride.
    /// </summary>
    /// <param name="size">The values of the image.</param>
    /// <param name="places">The places of the window.</param>
    /// <param name="kernel">The values that it takes.</param>
    /// <param name="stride">How far it moves from one place to the next.</param>
    /// <param name="dilation">The distance between its values.</param>
    /// <param name="padding">The zeros before the first value.</param>
    /// <param name="first">The first of the values, less than the stride.</param>
    public static TapAxis OfInputs(int size, int places, int kernel, int stride, int dilation, int padding, int first)
    {
        int tap = 0;

        while (tap < kernel && (first + padding - (tap * dilation)) % stride != 0)
        {
            tap++;
        }

        // The least number of taps whose distance is a multiple of the stride.
        int increment = stride / CommonDivisor(stride, dilation);

        return new()
        {
            First = first,
            Step = stride,
            Count = first >= size ? 0 : ((size - 1 - first) / stride) + 1,
            Origin = (first + padding - (tap * dilation)) / stride,
            SourceStep = 1,
            SourceSize = places,
            FirstTap = tap,
            TapIncrement = increment,
            Taps = tap >= kernel ? 0 : ((kernel - 1 - tap) / increment) + 1,
            TapStep = (int)(-(increment * (long)dilation) / stride),
        };
    }

    /// <summary>The greatest number that divides both.</summary>
    private static int CommonDivisor(int a, int b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }

    /// <summary>The taps with which a value has a source.</summary>
    /// <param name="n">The number of the value.</param>
    public (int From, int To) TapsOf(int n) => Within(Origin + (n * SourceStep), TapStep, Taps, SourceSize);

    /// <summary>The numbers of the values that have a source with every tap.</summary>
    public (int From, int To) Whole()
    {
        int last = Origin + (Math.Max(0, Taps - 1) * TapStep);

        return Taps == 0 ? (0, Count) : Within(Math.Min(Origin, last), Math.Max(Origin, last), SourceStep, Count, SourceSize);
    }

    /// <summary>The numbers <c>n</c> from 0 to <paramref name="count"/> with <c>first + n·step</c> from 0 to <paramref name="size"/>.</summary>
    public static (int From, int To) Within(int first, int step, int count, int size)
    {
        if (step < 0)
        {
            first = size - 1 - first;
            step = -step;
        }

        if (step == 1)
        {
            // The usual case, without divisions.
            int start = Math.Clamp(-first, 0, count);

            return (start, Math.Max(start, Math.Min(count, size - first)));
        }

        int from = first >= 0 ? 0 : Math.Min(count, (int)(((long)step - 1 - first) / step));
        int to = first >= size ? 0 : Math.Min(count, (int)(((long)size - first + step - 1) / step));

        return (from, Math.Max(from, to));
    }

    /// <summary>The numbers <c>n</c> with which both <c>first + n·step</c> and <c>last + n·step</c> are within the range.</summary>
    public static (int From, int To) Within(int first, int last, int step, int count, int size)
    {
        (int from, int to) = Within(first, step, count, size);
        (int fromOfLast, int toOfLast) = Within(last, step, count, size);
        from = Math.Max(from, fromOfLast);

        return (from, Math.Max(from, Math.Min(to, toOfLast)));
    }
}
