namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="AveragePool2DAttribute"/> and <see cref="AveragePool1DAttribute"/>.</summary>
internal sealed class AveragePool2DDefinition : PoolDefinition
{
    protected override string Operation => "AveragePool";
}
