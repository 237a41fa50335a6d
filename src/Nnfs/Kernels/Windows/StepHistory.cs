using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// The steps of a sequence that a causal window still takes when the next one arrives: <c>(kernel − 1) · dilation</c> of them. They lie in a ring, so that a
/// step overwrites the oldest and moves no other. The place of the oldest comes after them, so that a span of floats is all that has to be kept; zeros are
/// the history before the first step.
/// </summary>
internal readonly ref struct StepHistory
{
    /// <summary>The most floats of a step that are copied vector by vector.</summary>
    private const int MostFloats = 64;

    private readonly ref float _steps;
    private readonly ref int _place;
    private readonly int _count;
    private readonly int _channels;

    /// <summary>The history of a window, of which nothing is changed yet.</summary>
    /// <param name="window">The window, which moves over one row, step by step, and is causal.</param>
    /// <param name="x">The step that arrives, [channels].</param>
    /// <param name="state">The steps [(kernel − 1) · dilation × channels] and the place; nothing where the kernel is 1.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, the window is another one, or the place is none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StepHistory(Window2D window, ReadOnlySpan<float> x, Span<float> state)
    {
        ArgumentNullException.ThrowIfNull(window);
        _count = window.HistorySteps;
        _channels = window.Channels;

        if (_count < 0)
        {
            throw new ArgumentException("Expected a causal window over a sequence, with stride 1.", nameof(window));
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
                throw new ArgumentException($"The history of {_count} steps has no place {Place}.", nameof(state));
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(ReadOnlySpan<float> x)
    {
        if (_count == 0)
        {
            return;
        }

        ref float from = ref MemoryMarshal.GetReference(x);
        ref float to = ref After(0);

        // Mostly a vector or two, for which a call of a general copy would take longer.
        if (_channels % Simd128.Count == 0 && _channels <= MostFloats)
        {
            for (nuint i = 0; i < (nuint)_channels; i += (nuint)Simd128.Count)
            {
                Simd128.Store(Simd128.Load(in from, i), ref to, i);
            }
        }
        else
        {
            x[.._channels].CopyTo(MemoryMarshal.CreateSpan(ref to, _channels));
        }

        _place = Place + 1 == _count ? 0 : Place + 1;
    }
}
