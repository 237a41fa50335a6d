using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads the table that the build writes of the project's weights: the task <c>DescribeWeights</c> says what is in it.</summary>
internal static class WeightsTable
{
    private const string FileName = "NnfsWeights.txt";

    /// <summary>Whether a file is the table.</summary>
    public static bool IsTable(AdditionalText file) => Path.GetFileName(file.Path) == FileName;

    /// <summary>The files in the tables among these texts.</summary>
    public static EquatableArray<WeightsFile> Read(IEnumerable<AdditionalText> texts, CancellationToken cancellationToken) =>
        new([.. texts.Where(IsTable).SelectMany(text => Read(text.GetText(cancellationToken)))]);

    private static IEnumerable<WeightsFile> Read(SourceText? table)
    {
        string? name = null;
        string? fault = null;
        ImmutableArray<WeightsTensor>.Builder tensors = ImmutableArray.CreateBuilder<WeightsTensor>();

        foreach (TextLine line in table?.Lines ?? Enumerable.Empty<TextLine>())
        {
            string[] parts = [.. line.ToString().Split('\t').Select(Unescape)];

            switch (parts)
            {
                case ["file", var next]:
                    if (name is not null)
                    {
                        yield return new WeightsFile(name, fault, new(tensors.ToImmutable()));
                    }

                    (name, fault) = (next, null);
                    tensors.Clear();
                    break;

                case ["fault", var text]:
                    fault = text;
                    break;

                case ["tensor", var type, var lengths, var tensor]:
                    tensors.Add(new WeightsTensor(tensor, type, lengths));
                    break;
            }
        }

        if (name is not null)
        {
            yield return new WeightsFile(name, fault, new(tensors.ToImmutable()));
        }
    }

    private static string Unescape(string part) => part.IndexOf('\\') < 0
        ? part
        : string.Join("\\", part.Split(["\\\\"], StringSplitOptions.None)
            .Select(static piece => piece.Replace("\\t", "\t").Replace("\\n", "\n").Replace("\\r", "\r")));
}
