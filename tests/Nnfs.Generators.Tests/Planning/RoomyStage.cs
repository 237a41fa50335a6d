using Nnfs.Generators.Models;

namespace Nnfs.Generators.Tests.Planning;

/// <summary>A stage that takes room in predictions, as recurrent layers and convolutions do, and is like another in all else that plans ask.</summary>
internal sealed record RoomyStage(StageSpec Like, int PerSample, int Length) : StageSpec(Like.Name, Like.FieldName, Like.Sources, Like.Inputs, Like.Outputs)
{
    public override string OutputName => Like.OutputName;

    public override bool IsInPlace => Like.IsInPlace;

    public override bool PassesOn => Like.PassesOn;

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) =>
    [
        new BlockSpec("State", "What each step leaves to the next.", PerSample, Length: 0) { InPredictions = true },
        new BlockSpec("Columns", "What a product takes.", PerSample: 0, Length) { InPredictions = true, IsRoom = true },
        new BlockSpec("Gates", "What only the way back reads.", PerSample, Length: 0),
    ];

    public override IEnumerable<string> Describe(string sources) => [];

    public override string Comment(StageContext context) => "";

    public override IEnumerable<Step> Forward(StageContext context) => [];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) => [];
}
