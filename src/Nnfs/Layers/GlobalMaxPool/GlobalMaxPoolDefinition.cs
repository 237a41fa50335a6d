namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="GlobalMaxPoolAttribute"/>.</summary>
internal sealed class GlobalMaxPoolDefinition : GlobalPoolDefinition
{
    protected override string Operation => "GlobalMaxPool";
}
