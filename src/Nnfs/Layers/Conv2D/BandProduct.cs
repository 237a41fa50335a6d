namespace Nnfs.Kernels.Convolutions;

/// <summary>What <see cref="BandTiles"/> go by: distances in floats.</summary>
internal struct BandProduct
{
    /// <summary>The distance between the rows of the image.</summary>
    public nuint ImageRow;

    /// <summary>The distance between its channels.</summary>
    public nuint ImagePlane;

    /// <summary>The distance between its pixels.</summary>
    public nuint Pixel;

    /// <summary>The channels.</summary>
    public int Channels;

    /// <summary>The pixels that the window takes of a row.</summary>
    public int KernelWidth;

    /// <summary>The distance between the rows of outputs, or of their gradients.</summary>
    public nuint OutputRow;

    /// <summary>The least that an output becomes: 0 for a ReLU.</summary>
    public float Least;

    /// <summary>The bands of rows of gradients.</summary>
    public int Bands;

    /// <summary>The vectors of a row that have the same place in their periods.</summary>
    public int Periods;

    /// <summary>The distance between those.</summary>
    public nuint PeriodStep;

    /// <summary>The distance between the sums of two rows of the window.</summary>
    public nuint SumStep;
}
