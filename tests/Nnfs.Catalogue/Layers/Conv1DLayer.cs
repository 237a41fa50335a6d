namespace Nnfs.Catalogue.Layers;

/// <summary>A convolution of sequences: one of images of one row, whose pixels are the steps.</summary>
/// <param name="Filters">The channels that it gives.</param>
/// <param name="Window">The window.</param>
internal sealed record Conv1DLayer(int Filters, ImageWindow Window) : Conv2DLayer(Filters, Window)
{
    public static new readonly LayerEntry Kind = new("Conv1D", static draw => Drawn(draw, static (filters, window) => new Conv1DLayer(filters, window)))
    {
        Examples =
        [
            new Conv1DLayer(5, new(3)),
            new Conv1DLayer(17, new(3) { Stride = 2, IsSame = true }) { WeightPenalty = (1e-3f, 0.01f), BiasPenalty = (0.02f, 5e-4f) },
            new Conv1DLayer(6, new(2) { Dilation = 2 }) { Groups = 2, HasBiases = false },
            new Conv1DLayer(4, new(4) { Dilation = 3, IsCausal = true }),
            new Conv1DLayer(3, new(2) { Stride = 3, IsCausal = true }),
        ],
        ExampleShape = new(7, 4),
        Frequency = 15,
        HasParameters = true,
        TakesActivation = true,
        Accepts = static shapes => shapes[0].Rank == 2,
        Faults =
        [
            new(
                "{|other:Dense(4)|}, {|NNFS025:Conv1D(4, 3, Groups = 2)|}, Dense(3)",
                "'Conv1D1' takes sequences of steps × channels, but 'Dense1' gives 4; add [Reshape(steps, channels)] before it"),
            new("Reshape(2, 1), Conv1D({|NNFS004:0|}, 1), ReLU", "'Conv1D1' must have at least 1 filter, but has 0"),
            new("Reshape(2, 1), Conv1D(4, {|NNFS019:0|})", "The kernel of 'Conv1D1' must be at least 1, but is 0"),
            new("Reshape(2, 1), Conv1D(4, 1, Stride = {|NNFS019:0|})", "The stride of 'Conv1D1' must be at least 1, but is 0"),
            new("Reshape(2, 1), Conv1D(4, 1, Dilation = {|NNFS019:0|})", "The dilation of 'Conv1D1' must be at least 1, but is 0"),
            new(
                "Dense(9), Reshape(3, 3), Conv1D(4, 3, Groups = {|NNFS027:2|})",
                "The 2 groups of 'Conv1D1' do not divide the 3 channels that 'Reshape1' gives"),
            new(
                "{|other:Reshape(2, 1)|}, Conv1D(4, {|NNFS026:3|})",
                "The 3-step window of 'Conv1D1' does not fit into the 2 steps of 'Reshape1'; use a smaller one, or Padding = Padding.Same"),
            new(
                "{|other:Reshape(2, 1)|}, Conv1D(4, {|NNFS026:2|}, Dilation = 2)",
                "The 2-step window with dilation 2, 3 steps, of 'Conv1D1' does not fit into the 2 steps of 'Reshape1'; "
                + "use a smaller one, or Padding = Padding.Same"),
            new(
                "{|other:Reshape(2, 1)|}, Conv1D(4, {|NNFS026:2000000000|}, Dilation = 2, Padding = Padding.Causal)",
                "The 2000000000-step window with dilation 2, 3999999999 steps, of 'Conv1D1' does not fit into the 2 steps of 'Reshape1'; use a smaller one"),
            new(
                "Reshape(2, 1), Conv1D(4, 1, Padding = {|NNFS019:(Padding)3|})",
                "The Padding of 'Conv1D1' must be a value of Padding (Valid, Same, Causal), but is 3"),
        ],
    };

    public override LayerEntry Entry => Kind;

    protected override IEnumerable<Argument> KernelArguments => [Argument.Of(Window.KernelWidth)];
}
