using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>
/// Writes one stage of a backward pass. Where several readers contribute to the gradient of one value, the first in the order of the text
/// writes it and the others add to it.
/// </summary>
internal sealed class BackwardStageEmitter
{
    /// <summary>The field of the workspace with a contribution that is computed apart and then added.</summary>
    public const string ContributionField = "_contribution";

    /// <summary>How many neurons of a layer in lanes a thread takes at least: a line of the cache of their gradients.</summary>
    public const int NeuronUnit = 16;

    private readonly NetworkSpec _network;
    private readonly GradientFlow _flow;

    public BackwardStageEmitter(NetworkSpec network)
    {
        _network = network;
        _flow = network.Plans.Gradients;
    }

    private bool IsInLanes => _network.Plan == NetworkPlan.Lanes;

    /// <summary>The text that carries the gradient of a stage's outputs back through the activation fused into it; nothing where there is none, or the reader does it.</summary>
    public IEnumerable<string> Activation(int index)
    {
        // In lanes the last ReLU goes with the loss, and the others with their readers.
        if (_network.Stages[index] is not DenseSpec { Activation: { Kind: not ActivationKind.Linear } activation } dense || IsInLanes || _flow.IsMasked[index])
        {
            yield break;
        }

        string gradients = Names.Gradients(_network, index);

        yield return $"""
            // {activation.Name}: {Derivative(activation.Kind)}.
            {Names.Call($"{activation.Kind}.Backward", [$"y: {Names.Value(_network, index)}", .. StageEmitter.Parameter(activation.Kind, activation.Parameter), $"dy: {gradients}", $"dx: {gradients}"])}
            """;
    }

    /// <summary>Whether some contribution of a stage is computed of the network's inputs, which a network with one input does not keep.</summary>
    /// <param name="index">The stage.</param>
    /// <param name="isMeant">Which of its sources are meant.</param>
    public bool TakesInputs(int index, Func<int, bool> isMeant)
    {
        StageSpec stage = _network.Stages[index];

        return !_network.IsTyped && !IsInLanes && stage switch
        {
            ActivationSpec activation => IsOfInputs(activation.Kind) && stage.Sources[0] < 0 && isMeant(stage.Sources[0]),
            NormSpec => stage.Sources[0] < 0 && isMeant(stage.Sources[0]),
            JoinSpec { Kind: JoinKind.Multiply } => stage.Sources.Where((source, slot) => isMeant(source) && stage.Sources.Where((other, i) => i != slot && other < 0).Any()).Any(),
            _ => false,
        };
    }

    /// <summary>The texts that give a stage's contributions to the gradients of what it reads.</summary>
    /// <param name="index">The stage.</param>
    /// <param name="isForTraining">Whether those are meant that training needs, or the others.</param>
    public IEnumerable<string> Contributions(int index, bool isForTraining) =>
        _flow.Of(index).Where(contribution => contribution.IsForTraining == isForTraining).Select(Contribution);

    private static string Derivative(ActivationKind kind) => kind switch
    {
        ActivationKind.ReLU => "the gradient passes where the output is positive",
        ActivationKind.LeakyReLU => "the gradient passes where the output is positive, times the slope elsewhere",
        ActivationKind.Sigmoid => "dy · y · (1 − y)",
        ActivationKind.Tanh => "dy · (1 − y²)",
        ActivationKind.ELU => "the gradient passes where the output is positive, times y + alpha elsewhere",
        ActivationKind.GELU => "dy · (Φ(x) + x · φ(x))",
        ActivationKind.GELUTanh => "dy times the derivative at x",
        ActivationKind.SiLU => "dy · s · (1 + x · (1 − s)), for s = 1 / (1 + exp(−x))",
        _ => "the gradient as it is",
    };

    private string Contribution(Contribution contribution)
    {
        int source = _network.Stages[contribution.Stage].Sources[contribution.Slot];
        string gradients = Names.Gradients(_network, source);

        // Each thread has a part of its own, whatever the size of what it computes there.
        string dx = contribution.IsApart ? $"workspace.{ContributionField}.Span.Slice(start * {_flow.ContributionSize}, samples * {_network.SizeOf(source)})" : gradients;
        string text = Calls(contribution.Stage, contribution.Slot, contribution.IsFirst, dx);

        return contribution.IsApart ? $"{text}\n{Names.Elements("Add", gradients, dx, gradients)}" : text;
    }

    private string Calls(int index, int slot, bool isFirst, string dx)
    {
        StageSpec stage = _network.Stages[index];
        string x = Names.Value(_network, stage.Sources[slot]);
        string y = $"y: {Names.Value(_network, index)}";
        string dy = Names.Gradients(_network, index);

        return stage switch
        {
            DenseSpec dense => DenseInputs(dense, index, dx),
            ActivationSpec { Kind: ActivationKind.Linear } linear => Pass(linear.Name, isFirst, dy, dx),
            ActivationSpec activation => $"""
                // {activation.Name}: {Derivative(activation.Kind)}.
                {Names.Call(
                    $"{activation.Kind}.Backward",
                    [IsOfInputs(activation.Kind) ? $"x: {x}" : y, .. StageEmitter.Parameter(activation.Kind, activation.Parameter), $"dy: {dy}", $"dx: {dx}"])}
                """,
            SoftmaxSpec softmax => $"""
                // {softmax.Name}: p · (dy − Σ dy · p), sample by sample.
                {Names.Call($"Softmax.Backward<{Names.Dimension(_network, softmax.Classes)}>", y, $"dy: {dy}", $"dx: {dx}", "samples")}
                """,
            DropoutSpec dropout => Dropout(dropout, dy, dx),
            NormSpec { TakesBatch: true } norm => $"""
                // {norm.Name}: the gradient through the means and variances of the batch, and the sums for γ and β.
                {Names.Call(
                    $"BatchNorm.Backward<{Names.Dimension(_network, norm.Size)}>",
                    [$"x: {x}", $"gamma: {_network.ParametersField}.{Names.Vector(norm, 0)}", Statistics(norm), $"dy: {dy}", $"dx: {dx}", .. ScaleGradients(norm), "samples"])}
                """,
            NormSpec norm => $"""
                // {norm.Name}: the gradient through the mean and variance of each sample.
                {Names.Call(
                    $"LayerNorm.BackwardInputs<{Names.Dimension(_network, norm.Size)}>",
                    $"x: {x}",
                    $"gamma: {_network.ParametersField}.{Names.Vector(norm, 0)}",
                    Statistics(norm),
                    $"dy: {dy}",
                    $"dx: {dx}",
                    "samples")}
                """,
            JoinSpec { Kind: JoinKind.Add } join => Pass(Joined(join, slot), isFirst, dy, dx),
            JoinSpec { Kind: JoinKind.Concat } join => Part(join, slot, isFirst, dy, dx),
            JoinSpec join => Product(join, slot, isFirst, dy, dx),
            _ => throw new ArgumentOutOfRangeException(nameof(index)),
        };
    }

    /// <summary>The text for the sums over samples that are the gradients of a stage's parameters, where they are not computed with those of its inputs.</summary>
    public string? Parameters(int index) => _network.Stages[index] switch
    {
        DenseSpec dense => DenseParameters(dense, index),
        NormSpec { TakesBatch: true } norm when !_flow.Leads(norm.Sources[0]) => NormParameters(norm, index, "BatchNorm", $"workspace.{Names.StatisticsField(norm)}.Span"),
        NormSpec { TakesBatch: false } norm => NormParameters(norm, index, "LayerNorm", $"workspace.{Names.StatisticsField(norm)}.Span"),
        _ => null,
    };

    private string NormParameters(NormSpec norm, int index, string kernel, string statistics) => $"""
        // {norm.Name}, parameters: the sums over samples of dy · (x − mean) / deviation for γ, and of dy for β.
        {Names.Call(
            $"{kernel}.BackwardParameters<{Names.Dimension(_network, norm.Size)}>",
            [$"x: {Names.WholeValue(_network, norm.Sources[0])}", $"statistics: {statistics}", $"dy: workspace.{Names.GradientsField(_network, index)}.Span", .. ScaleGradients(norm), "samples"])}
        """;

    private string DenseParameters(DenseSpec dense, int index)
    {
        string gradients = $"workspace.{Names.GradientsField(_network, index)}";
        string[] parameters = [$"dw: workspace._gradients.{Names.Weights(dense)}", $"db: workspace._gradients.{Names.Biases(dense)}"];
        string x = $"x: {Names.WholeValue(_network, dense.Sources[0])}";
        string comment = $"// {dense.Name}, parameters: weights [{dense.Inputs} × samples] · [samples × {dense.Outputs}], biases the sum over samples.";

        if (IsInLanes)
        {
            bool isShared = dense.Outputs > NeuronUnit;
            string callInLanes = Names.Call(
                $"DenseLanes.BackwardParameters{Names.LayoutArguments(_network, dense)}",
                [x, $"dy: {gradients}.Span", .. parameters, "workspace._stride", "workspace._samples", isShared ? "start" : "start: 0", isShared ? "count" : $"count: {dense.Outputs}"]);

            return !isShared ? $"{comment}\n{callInLanes}" : $"""
                {comment}
                workspace._team.Run(this, workspace, inputs, count: {dense.Outputs}, unit: {NeuronUnit}, flops: {2L * dense.Inputs}L * samples, static (_, workspace, _, start, count) =>
                    {Names.InLambda(callInLanes)});
                """;
        }

        string call = Names.Call(
            $"Dense.BackwardParameters<{Names.Dimension(_network, dense.Inputs)}, {Names.Dimension(_network, dense.Outputs)}>",
            [x, $"dy: {gradients}", .. parameters, "workspace._samples", "start", "count"]);
        bool takesInputs = !_network.IsTyped && dense.Sources[0] < 0;

        return $"""
            {comment}
            workspace._team.Run(this, workspace, {(_network.IsTyped ? "default" : "inputs")}, count: {dense.Inputs}, flops: {2L * dense.Outputs}L * samples, static (_, workspace, {(takesInputs ? "inputs" : "_")}, start, count) =>
                {Names.InLambda(call)});
            """;
    }

    private string DenseInputs(DenseSpec dense, int index, string dx)
    {
        int source = dense.Sources[0];
        string dy = $"dy: {Names.Gradients(_network, index)}";
        string w = IsInLanes ? $"w: {_network.ParametersField}.{Names.Weights(dense)}" : $"transposed: workspace.{Names.TransposedField(dense)}.Span";
        string? relu = source >= 0 && _flow.IsMasked[source] ? ((DenseSpec)_network.Stages[source]).ReLUName : null;
        string method = relu is null ? "BackwardInputs" : "BackwardInputsReLU";
        string[] mask = relu is null ? [] : IsInLanes ? [$"x: {Names.Value(_network, source)}"] : [$"x: workspace.{Names.OutputsField(_network, source)}", "start"];
        string then = relu is null ? "" : $", then back through {relu}";

        return IsInLanes
            ? $"""
               // {dense.Name}, inputs: [{dense.Inputs} × {dense.Outputs}] · [{dense.Outputs} × samples]{then}.
               {Names.Call($"DenseLanes.{method}{Names.LayoutArguments(_network, dense)}", [dy, w, .. mask, $"dx: {dx}", "stride", "samples"])}
               """
            : $"""
               // {dense.Name}, inputs: [samples × {dense.Outputs}] · [{dense.Outputs} × {dense.Inputs}]{then}.
               {Names.Call($"Dense.{method}<{Names.Dimension(_network, dense.Inputs)}, {Names.Dimension(_network, dense.Outputs)}>", [dy, w, .. mask, $"dx: {dx}", "samples"])}
               """;
    }

    /// <summary>A join and the value whose gradient it gives.</summary>
    private string Joined(JoinSpec join, int slot) => $"{join.Name}, to {Names.ValueTitle(_network, join.Sources[slot])}";

    private static string Pass(string name, bool isFirst, string dy, string dx) => $"""
        // {name}: the gradient as it is.
        {(isFirst ? $"{dy}.CopyTo({dx});" : Names.Elements("Add", dx, dy, dx))}
        """;

    private string Part(JoinSpec join, int slot, bool isFirst, string dy, string dx) => $"""
        // {Joined(join, slot)}: the gradient of {(join.Sizes[slot] == 1 ? "the value" : $"the {join.Sizes[slot]} values")} that came from there.
        {Names.Call(
            isFirst ? "Columns.Copy" : "Columns.Accumulate",
            $"x: {dy}",
            $"xStart: {join.Sizes.Take(slot).Sum()}",
            $"xSize: {join.Outputs}",
            $"y: {dx}",
            "yStart: 0",
            $"ySize: {join.Sizes[slot]}",
            $"count: {join.Sizes[slot]}",
            "samples")}
        """;

    private string Product(JoinSpec join, int slot, bool isFirst, string dy, string dx)
    {
        string[] others = [.. join.Sources.Where((_, i) => i != slot).Select(source => Names.Value(_network, source))];
        string comment = $"// {Joined(join, slot)}: the gradient times the other {(others.Length == 1 ? "factor" : "factors")}.";

        if (others.Length == 0)
        {
            return Pass(Joined(join, slot), isFirst, dy, dx);
        }

        if (others.Length == 1 && !isFirst)
        {
            return $"{comment}\n{Names.Elements("MultiplyAdd", dy, others[0], dx, dx)}";
        }

        string text = $"{comment}\n{Names.Elements("Multiply", dy, others[0], dx)}";

        foreach (string other in others.Skip(1))
        {
            text += $"\n{Names.Elements("Multiply", dx, other, dx)}";
        }

        return text;
    }

    private static string Dropout(DropoutSpec dropout, string dy, string dx)
    {
        string call = Names.Call(
            "Dropout.Backward", $"dy: {dy}", $"rate: {Names.Number(dropout.Rate)}", $"seed: {Names.Kernels}.Dropout.Seed(seed{dropout.Number}, layer: {dropout.Number})", $"first: start * {dropout.Size}L", $"dx: {dx}");

        return $$"""
            // {{dropout.Name}}: the gradient passes where the value did, divided by the same.
            if (workspace._masks is { } seed{{dropout.Number}})
            {
                {{call.Replace("\n", "\n    ")}}
            }
            else
            {
                {{dy}}.CopyTo({{dx}});
            }
            """;
    }

    private string Statistics(NormSpec norm) =>
        $"statistics: {(norm.TakesBatch ? $"workspace.{Names.StatisticsField(norm)}.Span" : Names.Activations(_network, Names.StatisticsField(norm), 2))}";

    private static string[] ScaleGradients(NormSpec norm) => [$"dgamma: workspace._gradients.{Names.Vector(norm, 0)}", $"dbeta: workspace._gradients.{Names.Vector(norm, 1)}"];

    private static bool IsOfInputs(ActivationKind kind) => kind is ActivationKind.GELU or ActivationKind.GELUTanh or ActivationKind.SiLU;
}
