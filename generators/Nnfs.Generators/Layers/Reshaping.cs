using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>What layers have in common that give the values that they read in another shape: nothing is copied, and nothing computed.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that would hold its outputs; it has none.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Size">The number of values per sample.</param>
/// <param name="KindName">The runtime's name for the kind.</param>
internal abstract record Reshaping(string Name, string FieldName, EquatableArray<int> Sources, int Size, string KindName)
    : StageSpec(Name, FieldName, Sources, Size, Size)
{
    public override bool TakesLanes => true;

    public override bool IsAlias => true;

    public override bool PassesOn => true;

    public override string ShapeText => $"{InputShape} → {Shape}";

    public override IEnumerable<string> Describe(string sources) => [LayerFacts.Plain(Name, KindName, InputShape, Shape, sources)];

    public override string Comment(StageContext context) => $"{Name}: {context.Rows(InputShape)} as {context.Rows(Shape)}, in the same memory.";

    public override IEnumerable<Step> Forward(StageContext context) => [];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) => [];
}
