namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="MaxPool2DAttribute"/> and <see cref="MaxPool1DAttribute"/>.</summary>
internal sealed class MaxPool2DDefinition : PoolDefinition
{
    protected override string Operation => "MaxPool";
}
