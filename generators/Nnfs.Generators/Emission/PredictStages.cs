using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the stages of a prediction, each into the place that the plan gives it, and then the outputs.</summary>
internal static class PredictStages
{
    /// <summary>Writes all stages that have a kernel of their own, and returns where the values of each lie.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="network">The network.</param>
    /// <param name="pass">What the prediction is for.</param>
    /// <param name="inputs">Where the inputs lie.</param>
    public static string[] Write(SourceWriter writer, NetworkSpec network, PassKind pass, IReadOnlyList<string> inputs)
    {
        EquatableArray<Place> places = pass == PassKind.Sample ? network.Plans.Scratch.Sample : network.Plans.Scratch.Tile;
        EquatableArray<FoldedStage> folded = pass == PassKind.Sample ? default : network.Plans.Folded;
        string[] values = new string[network.Stages.Count];

        for (int i = 0; i < values.Length; i++)
        {
            if (pass == PassKind.Tile && network.Plans.TileTail?.First == i)
            {
                break;
            }

            if (places[i].Kind == PlaceKind.Joined)
            {
                continue;
            }

            StageSpec stage = network.Stages[i];
            FoldedStage? fold = folded.FirstOrDefault(fold => fold.Last == i);
            StageSpec reader = fold is null ? stage : network.Stages[fold.Product];
            string[] sources = [.. reader.Sources.Select(source => source >= 0 ? values[source] : inputs[~source])];

            if (values.Any(static value => value is not null))
            {
                writer.WriteLine();
            }

            if (places[i].Kind == PlaceKind.Alias)
            {
                writer.WriteLine(stage.IsAlias
                    ? StepText.Note(stage.Comment(new StageContext(network, i, pass)))
                    : $"// {stage.Name}: passes all values on{(stage.OutsideTraining is null ? "" : ", outside training")}.");
                values[i] = sources[0];
            }
            else if (fold is null)
            {
                WriteStage(writer, network, new StageContext(network, i, pass), places[i], sources, values);
            }
            else
            {
                WriteFolded(writer, network, fold, places[i], sources[0], values);
            }
        }

        return values;
    }

    /// <summary>Writes what makes the outputs of the last values: probabilities, or copies of those that are not there yet.</summary>
    public static void WriteOutputs(SourceWriter writer, NetworkSpec network, string[] values, PassKind pass)
    {
        for (int i = 0; i < network.Outputs.Count; i++)
        {
            OutputSpec output = network.Outputs[i];
            string source = output.Source >= 0 ? values[output.Source] : Signature.Input(network, ~output.Source);
            string destination = Signature.Output(network, i);
            bool isPadded = pass == PassKind.Sample && network.RootOf(output.Source) is >= 0 and var stage && network.Stages[stage].WritesWholeVectors;
            ForwardOperands operands = new(new StageContext(network, output.Source, pass), [source], destination);

            if (output.Loss?.MakeOutput(output.Shape, isInLanes: false, isPadded) is { } step)
            {
                string separator = network.Stages.Count == 0 ? "" : "\n";
                writer.WriteLine($"{separator}// {LossEmitter.Title(network, output)}: {LossSpec.OutputsComment}.\n{StepText.Call(step, operands)}");
            }
            else if (source != destination)
            {
                string name = network.HasNamedPorts ? output.Name : "The outputs";
                string exactly = operands.Of(Operand.Value().Exactly(output.Size));
                writer.WriteLine($"\n// {name}: what {network.NameOf(output.Source)} gives.\n{exactly}.CopyTo({destination});");
            }
        }
    }

    private static void WriteStage(SourceWriter writer, NetworkSpec network, StageContext context, Place place, string[] sources, string[] values)
    {
        StageSpec stage = network.Stages[context.Stage];
        writer.WriteLine(StepText.Note(stage.Comment(context)));
        values[context.Stage] = WritePlace(writer, network, context.Stage, place);
        writer.WriteLine(StepText.Of(stage.Forward(context), new ForwardOperands(context, sources, values[context.Stage])));
    }

    private static void WriteFolded(SourceWriter writer, NetworkSpec network, FoldedStage fold, Place place, string source, string[] values)
    {
        StageSpec activation = network.Stages[fold.Last];
        StageSpec product = network.Stages[fold.Product].WithFolded(network.Stages[fold.Scale], fold.Activation is null ? null : activation);
        StageContext context = new(network, fold.Product, PassKind.Tile);
        writer.WriteLine(StepText.Note(product.Comment(context)));
        values[fold.Last] = WritePlace(writer, network, fold.Last, place);
        writer.WriteLine(StepText.Of(product.Forward(context), FoldedOperands.OfProduct(network, fold, source, values[fold.Last])));
    }

    /// <summary>Writes the local that a stage's values lie in, unless they go into an output.</summary>
    private static string WritePlace(SourceWriter writer, NetworkSpec network, int stage, Place place)
    {
        if (place.Kind == PlaceKind.Output)
        {
            return Signature.Output(network, Signature.IndexOf(network, network.Outputs.First(output => network.RootOf(output.Source) == stage)));
        }

        writer.WriteLine(Declaration(network, stage, place));

        return Local(network, stage);
    }

    /// <summary>The local that a stage's values lie in.</summary>
    public static string Local(NetworkSpec network, int stage) => $"{network.Stages[stage].FieldName}Outputs";

    /// <summary>The declaration of that local.</summary>
    public static string Declaration(NetworkSpec network, int stage, Place place) =>
        $"{Names.FloatSpan} {Local(network, stage)} = scratch.Slice({place.Offset}, {place.Length});";
}
