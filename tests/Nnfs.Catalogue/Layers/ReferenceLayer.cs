namespace Nnfs.Catalogue.Layers;

/// <summary>
/// A layer with its settings: its attribute, its shapes and tensors, and what it computes, forward and backward, in float64 by the formulas of its
/// documentation. It shares nothing with the kernels, and is itself checked by finite differences.
/// </summary>
internal abstract record ReferenceLayer
{
    /// <summary>Its kind.</summary>
    public abstract LayerEntry Entry { get; }

    /// <summary>The arguments that state its settings.</summary>
    public virtual IEnumerable<Argument> Arguments => [];

    /// <summary>Its attribute without brackets, and without name and sources.</summary>
    public string Attribute => Argument.Attribute(Entry.Name, Arguments);

    /// <summary>What files and descriptions call the kind.</summary>
    public virtual string StoredKind => Entry.Name;

    /// <summary>The number that files and descriptions have as its setting: a slope, alpha, rate or epsilon.</summary>
    public virtual float StoredSetting => 0;

    /// <summary>The values of x at which its gradient jumps.</summary>
    public virtual IReadOnlyList<double> Kinks => [];

    /// <summary>The numbers at whose zeros its gradient jumps.</summary>
    public virtual IEnumerable<double[]> Bends(LayerPass pass) => Kinks.Select(kink => Array.ConvertAll(pass.Inputs[0], value => value - kink));

    /// <summary>Whether a training pass draws random numbers for it.</summary>
    public virtual bool IsRandom => false;

    /// <summary>What the indices that it reads are less than; <see langword="null"/> where it reads numbers of any kind.</summary>
    public virtual int? Vocabulary => null;

    /// <summary>Whether a step of what it gives depends on no later step of what it reads, where it gives a row for each.</summary>
    public virtual bool IsCausal => false;

    /// <summary>Whether what it gives are probabilities of classes.</summary>
    public virtual bool GivesProbabilities => false;

    /// <summary>Whether its settings fit what it reads, of a rank that its kind takes.</summary>
    public virtual bool Fits(SampleShape input) => true;

    /// <summary>The shape of what it gives.</summary>
    public virtual SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => inputs[0];

    /// <summary>Its tensors, those that are trained first.</summary>
    public virtual IReadOnlyList<ReferenceTensor> TensorsOf(IReadOnlyList<SampleShape> inputs) => [];

    /// <summary>The multiplications of a sample, where they are many.</summary>
    public virtual long WorkOf(IReadOnlyList<SampleShape> inputs) => 0;

    /// <summary>
    /// Whether it takes away most of the gradient of what it reads: by the mean and the deviation of a batch, or of next to no values.
    /// </summary>
    public virtual bool Cancels(SampleShape input) => false;

    /// <summary>What it makes of its inputs.</summary>
    public abstract double[] Forward(LayerPass pass);

    /// <summary>The gradients of its inputs and of the tensors that are trained.</summary>
    /// <param name="pass">The forward pass.</param>
    /// <param name="dy">The gradient of its outputs.</param>
    public abstract LayerGradients Backward(LayerPass pass, double[] dy);

    /// <summary>What a training pass leaves in the tensors that are not trained.</summary>
    public virtual IReadOnlyList<double[]> StatisticsAfter(LayerPass pass) => [];

    public sealed override string ToString() => Attribute;
}
