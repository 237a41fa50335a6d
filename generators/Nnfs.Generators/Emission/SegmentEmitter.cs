using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>
/// Writes how a batch is divided among the threads of the workspace where some stages take all samples at once: between them each thread carries some of the
/// samples, and there they share what such a stage computes.
/// </summary>
internal static class SegmentEmitter
{
    public static void WriteForward(SourceWriter writer, NetworkSpec network)
    {
        EquatableArray<Segment> segments = network.Plans.Segments.Forward;

        Write(writer, network, segments, "samples", segment =>
            segment.IsOverBatch ? ForwardSteps.OfPass(network, segment.Stages[0]) : Forward(network, segment));
    }

    /// <summary>Writes a pass back.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="network">The network.</param>
    /// <param name="steps">The steps of the pass.</param>
    /// <param name="isForTraining">Whether it leads to the parameters, or from there to the inputs.</param>
    public static void WriteBackward(SourceWriter writer, NetworkSpec network, BackwardSteps steps, bool isForTraining)
    {
        SegmentPlan plan = network.Plans.Segments;

        Write(writer, network, isForTraining ? plan.Training : plan.Inputs, "gradients of samples", segment => segment.IsOverBatch
            ? string.Join("\n\n", steps.OfPass(segment.Stages[0], isForTraining))
            : Backward(network, steps, segment, isForTraining));
    }

    private static void Write(SourceWriter writer, NetworkSpec network, EquatableArray<Segment> segments, string what, Func<Segment, string> textOf)
    {
        (Segment Segment, string Text)[] texts =
            [.. segments.Select(segment => (segment, textOf(segment))).Where(static pair => pair.Item2.Length > 0)];
        string introduction =
            $"// {network.OverBatchTitle} takes all samples at once: the threads share its features there, and the {what} in the layers between.\n\n";

        writer.WriteLine(
            (texts.Any(static pair => pair.Segment.IsOverBatch) ? introduction : "") + string.Join("\n\n", texts.Select(static pair => pair.Text)));
    }

    private static string Forward(NetworkSpec network, Segment segment)
    {
        List<string> texts = Locals.Write(network, locals => segment.Stages.Select(stage => ForwardSteps.OfThread(network, stage, locals)));
        StageSpec[] stages = [.. segment.Stages.Select(stage => network.Stages[stage])];

        // What only changes the shape computes nothing.
        return stages.All(static stage => stage.IsAlias) ? string.Join("\n\n", texts)
            : Run(network, stages, $"Each thread carries some of the samples through {Range(stages)}.", texts, takesInputs: segment.Stages.Any(ReadsInputs));

        bool ReadsInputs(int stage) =>
            !network.KeepsInputs && !network.Stages[stage].IsAlias && network.Stages[stage].Sources.Any(source => network.RootOf(source) < 0);

        static string Range(StageSpec[] stages) =>
            stages.Length == 1 ? stages[0].Title : $"{stages[0].Name} to {stages[stages.Length - 1].OutputName}";
    }

    private static string Backward(NetworkSpec network, BackwardSteps steps, Segment segment, bool isForTraining)
    {
        List<string> texts = Locals.Write(network, locals => segment.Stages.SelectMany(stage => steps.OfThread(stage, isForTraining, locals)));
        StageSpec[] stages = [.. steps.Stages(isForTraining).Where(segment.Stages.Contains).Reverse().Select(stage => network.Stages[stage])];

        if (texts.Count == 0)
        {
            return "";
        }

        string names = stages.Length == 0 ? "" : stages.Length == 1 ? $" through {stages[0].Title}"
            : $" from {stages[0].OutputName} to {stages[stages.Length - 1].Name}";

        return Run(
            network,
            stages,
            $"Each thread carries some of the gradients back{names}.",
            texts,
            takesInputs: segment.Stages.Any(stage => steps.TakesInputs(stage, isForTraining)));
    }

    /// <summary>The call that shares the samples among the threads.</summary>
    private static string Run(NetworkSpec network, StageSpec[] stages, string comment, IEnumerable<string> texts, bool takesInputs)
    {
        string inputs = network.KeepsInputs ? "default" : "inputs";
        string body = string.Join("\n\n", takesInputs ? [$"inputs = {Locals.ThreadInputs};", .. texts] : texts);
        string run = $"workspace._team.Run(this, workspace, {inputs}, count: samples, flops: {TileEmitter.Flops(stages)}";

        string owner = body.Contains("network.") ? "network" : "_";

        return $$"""
            // {{comment}}
            {{run}}, static ({{owner}}, workspace, {{(takesInputs ? "inputs" : "_")}}, start, samples) =>
            {
                {{body.Replace("\n", "\n    ")}}
            });
            """;
    }
}
