using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nnfs.Generators.Tests;

/// <summary>A table of weights, as the build writes it.</summary>
internal sealed class WeightsTableText(string text) : AdditionalText
{
    public override string Path => "obj/NnfsWeights.txt";

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);

    /// <summary>The lines about a file: <c>F32 784,128 dense1.weights</c> is a tensor.</summary>
    public static string File(string name, params IEnumerable<string> tensors) =>
        $"file\t{name}\n" + string.Concat(tensors.Select(static tensor => $"tensor\t{string.Join('\t', tensor.Split(' ', 3))}\n"));
}
