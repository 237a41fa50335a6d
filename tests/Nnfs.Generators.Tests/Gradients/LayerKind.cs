namespace Nnfs.Generators.Tests.Gradients;

/// <summary>The layers that networks under test are made of.</summary>
internal enum LayerKind
{
    Dense,
    ReLU,
    Softmax,
}
