using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nnfs.Kernels;

/// <summary>
/// The steps of a sequence that a causal window still takes when the next one arrives: <c>(kernel − 1) · dilation</c> of them. They lie in a ring, so that a
/// step overwrites the oldest and moves no other. The place of the oldest comes after them, so that a span of floats is all that has to be kept; zeros are
/// the history before the first step.
/// </summary>
internal readonly ref struct StepHistory
{
    private readonly ref float _steps;
    private readonly ref int _place;
    private readonly int _count;
    private readonly int _channels;

    /// <summary>The history of a window, of which nothing is changed yet.</summary>
    /// <param name="window">The window, which moves over one row, step by step, and is causal.</param>
    /// <param name="x">The step that arrives, [channels].</param>
    /// <param name="state">The steps [(kernel − 1) · dilation × channels] and the place; nothing where the kernel is 1.</param>
    /// <param name="channels">The channels of the window.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, the window is another one, or the place is none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StepHistory(Window2D window, ReadOnlySpan<float> x, Span<float> state, int channels)
    {
        _count = window.HistorySteps;
        _channels = channels;

        if (_count < 0 || window.Channels != channels)
        {
            ThrowOther(window, channels);
        }

        ShapeGuard.AtLeast(x.Length, 1, _channels);
        _steps = ref MemoryMarshal.GetReference(state);

        if (_count > 0)
        {
            ShapeGuard.AtLeast(state.Length, 1, (_count * _channels) + 1);
            _place = ref Unsafe.As<float, int>(ref Unsafe.Add(ref _steps, (nuint)(uint)(_count * _channels)));
            Place = _place;

            if ((uint)Place >= (uint)_count)
            {
                ThrowNoPlace(_count, Place, state);
            }
        }
    }

    /// <summary>Where the oldest step is.</summary>
    public int Place { get; }

    /// <summary>The step that lies so many places after the oldest, fewer than there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float After(int steps)
    {
        int place = Place + steps;

        return ref Unsafe.Add(ref _steps, (nuint)(uint)((place >= _count ? place - _count : place) * _channels));
    }

    /// <summary>Keeps the step that has arrived in the place of the oldest.</summary>
    /// <param name="x">The step.</param>
    /// <param name="channels">Its channels, those of the window.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(ref readonly float x, int channels)
    {
        if (_count == 0)
        {
            return;
        }

        Unsafe.CopyBlockUnaligned(ref Unsafe.As<float, byte>(ref After(0)), ref Unsafe.As<float, byte>(ref Unsafe.AsRef(in x)), (uint)channels * sizeof(float));
        _place = Place + 1 == _count ? 0 : Place + 1;
    }

    private static void ThrowOther(Window2D window, int channels) =>
        throw new ArgumentException($"Expected a causal window over a sequence of {channels} channels, with stride 1.", nameof(window));

    private static void ThrowNoPlace(int steps, int place, Span<float> state) =>
        throw new ArgumentException($"The history of {steps} steps, {state.Length} floats, has no place {place}.", nameof(state));
}
