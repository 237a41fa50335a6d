namespace Nnfs.Generators.Parsing;

/// <summary>What a kind of loss reads its settings from.</summary>
internal sealed class LossReading : DeclarationReading
{
    public LossReading(LayerDeclaration declaration, ProblemReporter problems, CancellationToken cancellationToken)
        : base(declaration, problems, cancellationToken)
    {
    }
}
