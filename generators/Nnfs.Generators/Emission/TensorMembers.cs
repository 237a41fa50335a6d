using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>
/// The private members for the tensors of layers: the part of the parameters that holds each, and in the workspace the same part of their gradients.
/// Layers that one kernel computes have one for all their tensors too.
/// </summary>
internal static class TensorMembers
{
    /// <summary>The member of the network that gives a tensor.</summary>
    public static string Parameter(NetworkSpec network, StageSpec stage, TensorSpec tensor) => network.TensorMember($"{stage.Name}{tensor.Name}");

    /// <summary>The member of the workspace that gives the gradient of a tensor.</summary>
    public static string Gradient(NetworkSpec network, StageSpec stage, TensorSpec tensor) => network.TensorMember($"{stage.Name}{tensor.Name}Gradient");

    /// <summary>The member of the network that gives the tensors in a range.</summary>
    public static string Parameters(NetworkSpec network, int start) => network.TensorMember(Range(network, start).Name);

    /// <summary>The member of the workspace that gives the gradients of the tensors in a range.</summary>
    public static string Gradients(NetworkSpec network, int start) => network.TensorMember($"{Range(network, start).Name}Gradient");

    /// <summary>The members of the network, a line each.</summary>
    public static IEnumerable<string> OfNetwork(NetworkSpec network) => Tensors(network)
        .Select(place => Line("private", Parameter(network, place.Stage, place.Tensor), network.ParametersField, place.Tensor.Offset, place.Tensor.Length))
        .Concat(Ranges(network).Select(range => Line("private", network.TensorMember(range.Name), network.ParametersField, range.Start, range.Length)));

    /// <summary>The members of the workspace, a line each; what is not trained has no gradient.</summary>
    public static IEnumerable<string> OfWorkspace(NetworkSpec network) => Tensors(network)
        .Where(static place => place.Tensor.IsTrained)
        .Select(place => Line("internal", Gradient(network, place.Stage, place.Tensor), "_gradients", place.Tensor.Offset, place.Tensor.Length))
        .Concat(Ranges(network).Select(range => Line("internal", network.TensorMember($"{range.Name}Gradient"), "_gradients", range.Start, range.Length)));

    private static IEnumerable<(StageSpec Stage, TensorSpec Tensor)> Tensors(NetworkSpec network) =>
        network.Stages.SelectMany(static stage => stage.Tensors.Select(tensor => (stage, tensor)));

    private static string Line(string access, string name, string block, int start, long length) =>
        $"{access} {Names.FloatSpan} {name} => {block}.Slice({start}, {Names.Length(length)});";

    private static (string Name, int Start, int Length) Range(NetworkSpec network, int start) => Ranges(network).First(range => range.Start == start);

    /// <summary>The parameters of the layers of each tail, with the padding between them.</summary>
    private static IEnumerable<(string Name, int Start, int Length)> Ranges(NetworkSpec network) => new[] { network.Plans.SampleTail, network.Plans.TileTail }
        .OfType<TailPlan>()
        .Select(tail => tail.First)
        .Distinct()
        .Select(first =>
        {
            StageSpec from = network.Stages[first];
            StageSpec to = network.Stages.Last(static stage => stage.Tensors.Count > 0);
            TensorSpec last = to.Tensors[to.Tensors.Count - 1];
            int start = from.Tensors[0].Offset;

            return ($"{from.Name}To{to.Name}", start, last.Offset + (int)last.Length - start);
        });
}
