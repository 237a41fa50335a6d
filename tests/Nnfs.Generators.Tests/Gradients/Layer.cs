namespace Nnfs.Generators.Tests.Gradients;

/// <summary>A layer of a network under test, with the sizes that the generator has to infer for itself.</summary>
internal readonly record struct Layer(LayerKind Kind, int Inputs, int Outputs)
{
    public override string ToString() => Kind == LayerKind.Dense ? $"Dense({Outputs})" : Kind.ToString();
}
