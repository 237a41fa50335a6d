namespace Nnfs.Generators.Layers;

/// <summary>A convolution of sequences: of images of one row, whose pixels are the steps.</summary>
internal sealed record Conv1D : Conv2D
{
    private Conv1D(Conv2D row)
        : base(row)
    {
    }

    public static new Layer Kind => new(nameof(Conv1D), static layer => new Conv1D(Read(layer, ReadSequenceWindow)))
    {
        TakesActivation = true,
        SizeArgument = FiltersParameter,
    };

    protected override string KindName => nameof(Conv1D);

    public override IReadOnlyList<int> KernelSizes => IsOfStep ? StepSizes ?? [] : [];

    protected override int[]? StepSizes => Groups == 1 ? [Image.Channels, Filters] : null;
}
