namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="GlobalAveragePoolAttribute"/>.</summary>
internal sealed class GlobalAveragePoolDefinition : GlobalPoolDefinition
{
    protected override string Operation => "GlobalAveragePool";
}
