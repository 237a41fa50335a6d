using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// The members that the generator writes into a class, besides its constructors and the views of its layers. A member that an
/// emitter gains is added here, and nowhere else: a test compares this list with what is generated.
/// </summary>
internal static class GeneratedMembers
{
    public const string Workspace = "Workspace";

    private const string Floats = "global::System.ReadOnlySpan<float>";
    private const string Labels = "global::System.ReadOnlySpan<int>";
    private const string WrittenFloats = "global::System.Span<float>";
    private const string Random = "global::Nnfs.NumpyRandom";

    /// <summary>What other code calls: it keeps its name, so that a member of the user's with that name is an error.</summary>
    public static readonly GeneratedMember[] Public =
    [
        new("InputSize"),
        new("OutputSize"),
        new("ParameterCount"),
        new("Summary"),
        new("InitializeParameters", [Random]),
        new("Parameters"),
        new("Predict", [Floats, WrittenFloats]),
        new("Classify", [Floats]) { Exists = static (_, givesProbabilities) => givesProbabilities },
        new(Workspace),
        new("CreateWorkspace", ["int"]),
        new("CreateWorkspace", ["int", "int"]),
        new("Forward", [Floats, Labels, Workspace]) { Exists = static (loss, _) => loss != LossKind.None },
        new("Forward", [Floats, Floats, Workspace]) { Exists = static (loss, _) => loss != LossKind.None },
        new("Forward", [Floats, Workspace]),
        new("Backward", [Floats, Labels, Workspace]) { Exists = static (loss, _) => loss != LossKind.None },
        new("Backward", [Floats, Floats, Workspace]),
        new("ForwardBackward", [Floats, Labels, Workspace]) { Exists = static (loss, _) => loss != LossKind.None },
        new("ForwardBackward", [Floats, Floats, Workspace]) { Exists = static (loss, _) => loss != LossKind.None },
    ];

    /// <summary>What only generated code calls: it gives way to a member of the user's with that name.</summary>
    public static readonly string[] Private = ["PredictBatch", "PredictSample", "PredictTile", "ForwardLayers", "ForwardTile", "BackwardLayers", "BackwardTile", "BackwardInputs", "BackwardInputTile", "Refuse"];

    /// <summary>The members that every workspace has besides the views of its layers; no layer can be called so.</summary>
    public static readonly string[] OfWorkspace = ["BatchSize", "Threads", "Outputs", "Gradients", "InputGradients"];

    private static readonly HashSet<string> s_names = new([.. Public.Select(static member => member.Name), .. Private], StringComparer.Ordinal);
    private static readonly HashSet<string> s_workspaceNames = new(OfWorkspace, StringComparer.Ordinal);

    /// <summary>Whether some network has a member of that name; neither a layer nor the class itself can be called so.</summary>
    public static bool IsOfNetwork(string name) => s_names.Contains(name);

    /// <summary>Whether no layer can be called so.</summary>
    public static bool IsTakenFromLayers(string name) => s_names.Contains(name) || s_workspaceNames.Contains(name);
}
