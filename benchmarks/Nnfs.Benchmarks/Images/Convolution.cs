using Nnfs.Kernels;

namespace Nnfs.Benchmarks;

/// <summary>The three products of one convolution by themselves, each of as many floating-point operations.</summary>
internal sealed class Convolution
{
    private readonly Window2D _window;
    private readonly int _filters;
    private readonly int _samples;
    private readonly float[] _x;
    private readonly float[] _w;
    private readonly float[] _b;
    private readonly float[] _y;
    private readonly AlignedBlock _dy;
    private readonly float[] _transposed;
    private readonly float[] _dx;
    private readonly float[] _dw;
    private readonly float[] _db;

    /// <summary>Takes part with a convolution.</summary>
    /// <param name="window">The window.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="samples">The number of images.</param>
    public Convolution(Window2D window, int filters, int samples)
    {
        _window = window;
        _filters = filters;
        _samples = samples;

        int image = window.Height * window.Width * window.Channels;
        int places = window.OutputHeight * window.OutputWidth;
        int taps = window.KernelHeight * window.KernelWidth;
        NumpyRandom random = new(seed: 1);
        _x = Draw(samples * image);
        _dy = new AlignedBlock(samples * places * filters);
        Draw(_dy.Length).CopyTo(_dy.Span);
        _y = new float[_dy.Length];
        _dx = new float[_x.Length];

        // More than rows take that are padded to whole vectors.
        int length = 2 * taps * (window.Channels + 16) * (filters + 16);
        _w = Draw(length);
        _b = Draw(filters + 16);
        _transposed = new float[length];
        _dw = new float[length];
        _db = new float[filters + 16];
        Conv2D.Transpose(window, filters, groups: 1, _w, _transposed, start: 0, taps);

        Rows = taps * window.Channels;
        Flops = 2L * samples * places * Rows * filters;
        Name = $"{window.KernelHeight}×{window.KernelWidth}, {window.Channels} → {filters} on {window.Height}×{window.Width}, batch {samples}";

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }

    /// <summary>The sizes.</summary>
    public string Name { get; }

    /// <summary>The floating-point operations of each product; those with zeros around the image count too.</summary>
    public long Flops { get; }

    /// <summary>The three products.</summary>
    public IReadOnlyList<Measured> Products =>
    [
        new Repeated("forward", () => Conv2D.Forward(_window, _filters, groups: 1, _x, _w, _b, _y, _samples)),
        new Repeated("gradient of inputs", () => Conv2D.BackwardInputs(_window, _filters, groups: 1, _dy.Span, _transposed, _dx, _samples)),
        new Repeated("gradient of weights", () => Conv2D.BackwardParameters(
            _window, _filters, groups: 1, _x, _dy, first: 0, _dw, _db, _samples, start: 0, Rows, adds: false)),
    ];

    /// <summary>The rows of the weights.</summary>
    private int Rows { get; }
}
