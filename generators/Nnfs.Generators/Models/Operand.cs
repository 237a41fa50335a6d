namespace Nnfs.Generators.Models;

/// <summary>
/// What a kernel takes, by its meaning. A layer names its operands; where they lie, as slices, lanes or scratch, is the business of the pass.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Slot">Which of the sources is meant, or where a range starts.</param>
/// <param name="Name">The name of a tensor or a block, or the text itself.</param>
/// <param name="Extent">How much of a value it is.</param>
/// <param name="Size">
/// The values per sample where exactly those of the samples are meant, the length of a range, or the rows of a sample where it has several.
/// </param>
/// <param name="Ahead">How many stages after this one the meant stage is, for a kernel that computes several.</param>
internal sealed record Operand(OperandKind Kind, int Slot = 0, string Name = "", OperandExtent Extent = OperandExtent.Samples, int Size = 0, int Ahead = 0)
{
    public static readonly Operand Output = new(OperandKind.Output);
    public static readonly Operand OutputGradient = new(OperandKind.OutputGradient);
    public static readonly Operand Target = new(OperandKind.Target);
    public static readonly Operand Samples = new(OperandKind.Samples);
    public static readonly Operand Stride = new(OperandKind.Stride);
    public static readonly Operand Start = new(OperandKind.Start);
    public static readonly Operand Count = new(OperandKind.Count);
    public static readonly Operand Window = new(OperandKind.Window);
    public static readonly Operand State = new(OperandKind.State);
    public static readonly Operand StateStride = new(OperandKind.StateStride);
    public static readonly Operand Adds = new(OperandKind.Adds);

    /// <summary>The samples of the pass, so many times: once for each step or pixel that a kernel takes as a row.</summary>
    /// <param name="positions">The steps or pixels of a sample.</param>
    public static Operand Rows(int positions) => positions == 1 ? Samples : Samples with { Size = positions };

    /// <summary>The first of the rows of the pass in its blocks, of which a sample has so many.</summary>
    /// <param name="positions">The steps or pixels of a sample.</param>
    public static Operand FirstRow(int positions) => new(OperandKind.First, Size: positions);

    /// <summary>The same of exactly the samples of the pass.</summary>
    /// <param name="size">The values per sample.</param>
    public Operand Exactly(int size) => this with { Extent = OperandExtent.Exactly, Size = size };

    /// <summary>The block of memory that it lies in.</summary>
    public Operand AsBlock => this with { Extent = OperandExtent.Block };

    /// <summary>What the stage reads from a source.</summary>
    public static Operand Value(int slot = 0) => new(OperandKind.Value, slot);

    /// <summary>The gradient of what the stage reads from a source.</summary>
    public static Operand ValueGradient(int slot = 0) => new(OperandKind.ValueGradient, slot);

    public static Operand Tensor(string name) => new(OperandKind.Tensor, Name: name);

    public static Operand TensorGradient(string name) => new(OperandKind.TensorGradient, Name: name);

    public static Operand ProductTensor(string name) => new(OperandKind.ProductTensor, Name: name);

    public static Operand ScaledTensor(string name) => new(OperandKind.ScaledTensor, Name: name);

    /// <summary>A block that the stage keeps, or one after it.</summary>
    public static Operand Kept(string name, int ahead = 0) => new(OperandKind.Kept, Name: name, Ahead: ahead);

    public static Operand ParameterRange(int start, int length) => new(OperandKind.ParameterRange, start, Size: length);

    public static Operand GradientRange(int start, int length) => new(OperandKind.GradientRange, start, Size: length);

    /// <summary>The number of the first value of the pass in the whole batch.</summary>
    /// <param name="size">The values per sample.</param>
    public static Operand FirstValue(int size) => new(OperandKind.FirstValue, Size: size);

    public static Operand Text(string text) => new(OperandKind.Text, Name: text);

    public static Operand Number(float number) => Text(Wording.Number(number));

    public static Operand Number(long number) => Text(Wording.Number(number));
}
