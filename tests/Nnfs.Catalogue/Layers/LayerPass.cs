namespace Nnfs.Catalogue.Layers;

/// <summary>A forward pass of one layer: what it computes from, and what it keeps for the way back.</summary>
internal sealed class LayerPass
{
    /// <summary>The values that it reads, one array for each source.</summary>
    public required double[][] Inputs { get; init; }

    /// <summary>The shape of a sample of each of <see cref="Inputs"/>.</summary>
    public required IReadOnlyList<SampleShape> Shapes { get; init; }

    public required int Samples { get; init; }

    /// <summary>Its tensors in their order, row-major and without padding.</summary>
    public required double[][] Tensors { get; init; }

    /// <summary>The seed of a training pass; <see langword="null"/> for a prediction.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Its number among the layers that draw random numbers, from 1.</summary>
    public int RandomNumber { get; init; }

    public Rounding Rounding { get; init; } = Rounding.None;

    /// <summary>What it has computed, after the pass.</summary>
    public double[] Outputs { get; set; } = [];

    /// <summary>What it keeps for the way back, if anything.</summary>
    public object? Kept { get; set; }

    public bool IsTraining => Seed is not null;

    /// <summary>The rows of the matrix that the first input is for a layer of the last axis: one for each position of each sample.</summary>
    public int Rows => Samples * Shapes[0].Positions;

    /// <summary>The columns of that matrix.</summary>
    public int Columns => Shapes[0].Channels;
}
