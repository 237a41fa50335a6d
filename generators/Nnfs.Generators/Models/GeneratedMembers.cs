namespace Nnfs.Generators.Models;

/// <summary>
/// The members that the generator writes into a class, other than its constructors, the views of its layers and what is named after
/// inputs and outputs. A member that an emitter gains is added here, and nowhere else: a test compares this list with what is generated.
/// </summary>
internal static class GeneratedMembers
{
    public const string Workspace = "Workspace";
    public const string Predict = "Predict";
    public const string Classify = "Classify";
    public const string Forward = "Forward";
    public const string Backward = "Backward";
    public const string ForwardBackward = "ForwardBackward";
    public const string BackwardFrom = "BackwardFrom";
    public const string CreateWorkspace = "CreateWorkspace";
    public const string CreateDataset = "CreateDataset";
    public const string Stream = "Stream";
    public const string CreateStream = "CreateStream";
    public const string CreateStreams = "CreateStreams";
    public const string Parameters = "Parameters";
    public const string Summary = "Summary";
    public const string InputShape = "InputShape";
    public const string OutputShape = "OutputShape";
    public const string InitializeParameters = "InitializeParameters";
    public const string CreatePretrained = "CreatePretrained";

    public const string Scaling = "Scaling";

    public const string IsTraining = "IsTraining";
    public const string ResetState = "ResetState";
    public const string DropoutSeed = "DropoutSeed";
    public const string RegularizationLoss = "RegularizationLoss";
    public const string SampleWeights = "SampleWeights";

    /// <summary>The private method that throws in a network with errors.</summary>
    public const string Refuse = "Refuse";

    /// <summary>The operator that generated methods name parameters with, which is no keyword.</summary>
    public const string NameOf = "nameof";

    private const string WrittenLabels = "global::System.Span<int>";
    private const string WrittenFloats = "global::System.Span<float>";
    private const string Random = "global::Nnfs.NumpyRandom";

    /// <summary>What only generated code calls: it gives way to a member of the user's with that name.</summary>
    public static readonly string[] Private =
    [
        "PredictBatch", "PredictSample", "PredictTile", "StepSample", "StepTile", "Begin", "ForwardPart", "ForwardLayers", "ForwardTile", "SumPenalties",
        "BackwardPart", "BackwardFromPart", "BackwardLayers", "BackwardTile", "BackwardInputs", "BackwardInputTile", "BackwardPenalties", Refuse,
    ];

    /// <summary>The members that a workspace may have in addition to the views of its layers; no layer can have such a name.</summary>
    public static readonly string[] OfWorkspace =
        ["BatchSize", "Threads", IsTraining, DropoutSeed, RegularizationLoss, SampleWeights, "Outputs", "Gradients", "InputGradients", ResetState];

    private static readonly string[] s_public =
    [
        "InputSize", "OutputSize", InputShape, OutputShape, "ParameterCount", Summary, InitializeParameters, Parameters, Predict, Classify,
        CreatePretrained, Stream, CreateStream, CreateStreams, Workspace, CreateWorkspace, CreateDataset, Forward, Backward, ForwardBackward, BackwardFrom,
        Scaling,
    ];

    private static readonly HashSet<string> s_names = new([.. s_public, .. Private], StringComparer.Ordinal);
    private static readonly HashSet<string> s_workspaceNames = new(OfWorkspace, StringComparer.Ordinal);

    /// <summary>What other code calls: it keeps its name, so that a member of the user's with that name is an error.</summary>
    public static IEnumerable<GeneratedMember> Of(NetworkSpec network)
    {
        string[] inputs = [.. network.Inputs.Select(static input => ReadOnlySpan(input.Element))];

        if (!network.HasNamedPorts)
        {
            yield return new("InputSize");
            yield return new("OutputSize");
            yield return new(InputShape);
            yield return new(OutputShape);
        }

        yield return new("ParameterCount");
        yield return new(Summary);
        yield return new(InitializeParameters, [Random]);
        yield return new(Parameters);

        if (network.Pretrained is not null)
        {
            yield return new(CreatePretrained, []);
        }

        yield return new(Predict, [.. inputs, .. network.Outputs.Select(static _ => WrittenFloats)]);

        if (network.TellsClasses)
        {
            yield return new(Classify, network.HasOneClass ? inputs : [.. inputs, WrittenLabels]);
        }

        foreach (GeneratedMember member in OfSamples(network))
        {
            yield return member;
        }

        if (network.HasNamedDataset)
        {
            TargetKind kind = network.TargetKinds[0];

            yield return new(CreateDataset, [.. inputs, .. network.TrainedOutputs.Select(output => ReadOnlySpan(output.Element(kind)))]);
        }

        if (network.Plans.Stream.OfStep is not null)
        {
            yield return new(Stream);
            yield return new(CreateStream, []);
            yield return new(CreateStreams, ["int"]);
        }

        yield return new(Workspace);
        yield return new(CreateWorkspace, ["int"]);
        yield return new(CreateWorkspace, ["int", "int"]);
        yield return new(Forward, [.. inputs, Workspace]);

        foreach (TargetKind kind in network.TargetKinds)
        {
            IEnumerable<string> targets = network.TrainedOutputs.Select(output => ReadOnlySpan(output.Element(kind)));
            string[] parameters = [.. inputs, .. targets, Workspace];

            if (network.HasLoss)
            {
                yield return new(Forward, parameters);
                yield return new(ForwardBackward, parameters);
            }

            yield return new(Backward, parameters);
        }

        yield return new(BackwardFrom, [.. inputs, .. network.TrainedOutputs.Select(static _ => ReadOnlySpan(ElementType.Float)), Workspace]);
    }

    /// <summary>What a network of samples has for these.</summary>
    private static IEnumerable<GeneratedMember> OfSamples(NetworkSpec network)
    {
        if (network.Sample is not { } sample)
        {
            yield break;
        }

        string list = $"global::System.Collections.Generic.IReadOnlyList<{sample.Type}>";

        yield return new(Scaling);
        yield return new(Predict, network.PredictsOneNumber ? [sample.Type] : [sample.Type, WrittenFloats]);
        yield return new(Predict, [list, WrittenFloats]);

        if (network.ClassifiesSamples)
        {
            yield return new(Classify, [sample.Type]);
            yield return new(Classify, [list, $"global::System.Span<{sample.Label!.QualifiedTypeName}>"]);
        }
    }

    /// <summary>The type of a parameter that is only read, as generated code writes it.</summary>
    public static string ReadOnlySpan(ElementType element) => $"global::System.ReadOnlySpan<{(element == ElementType.Integer ? "int" : "float")}>";

    /// <summary>Whether it is the name of a method that takes samples, or memory for them.</summary>
    public static bool IsCalledWithSamples(string name) =>
        name is Predict or Classify or Forward or Backward or ForwardBackward or BackwardFrom or CreateWorkspace;

    /// <summary>Whether some network has a member of that name; neither a layer nor the class itself can have it.</summary>
    public static bool IsOfNetwork(string name) => s_names.Contains(name);

    /// <summary>Whether the workspace of a network with several inputs or outputs has a member of that name, or has that name itself.</summary>
    public static bool IsOfTypedWorkspace(string name) => name == Workspace || (s_workspaceNames.Contains(name) && name is not ("Outputs" or "InputGradients"));

    /// <summary>Whether generated methods call a method of that name, or the operator.</summary>
    public static bool IsCalled(string name) => name is Forward or Backward or NameOf || Array.IndexOf(Private, name) >= 0;

    /// <summary>Whether no layer can have such a name.</summary>
    public static bool IsTakenFromLayers(string name) => s_names.Contains(name) || s_workspaceNames.Contains(name);
}
