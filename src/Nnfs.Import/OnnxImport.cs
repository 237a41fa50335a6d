using Nnfs.Import.Onnx;
using Nnfs.Import.Simplifying;
using Nnfs.Import.Translating;
using Nnfs.Import.Writing;

namespace Nnfs.Import;

/// <summary>Makes networks of ONNX models.</summary>
internal static class OnnxImport
{
    /// <summary>The oldest operators whose meaning is that of today's: those before broadcast in another way.</summary>
    private const int LeastOperatorSet = 9;

    /// <summary>Makes a network of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="className">The name of the class.</param>
    /// <param name="namespace">Its namespace, or null for none.</param>
    /// <param name="pretrained">The name by which the class finds weights that its assembly carries, or null where it carries none.</param>
    /// <exception cref="OnnxException">The model is of operators that are too old.</exception>
    /// <exception cref="ImportException">Something in the model can't be expressed; all of that is listed.</exception>
    public static ImportedNetwork Read(OnnxModel model, string className, string? @namespace = null, string? pretrained = null)
    {
        ArgumentNullException.ThrowIfNull(model);

        if (!ClassNames.IsValid(className))
        {
            throw new ArgumentException($"'{className}' can't be the name of a class.", nameof(className));
        }

        if (model.OperatorSet < LeastOperatorSet)
        {
            throw new OnnxException(
                $"The model is of operator set {model.OperatorSet}, and those from {LeastOperatorSet} on are read. Export it again with a newer one.");
        }

        TranslatedGraph graph = Translation.Of(Simplifier.Of(model));

        return graph.Problems.Count == 0
            ? new NetworkWriter(model, graph, className, @namespace, pretrained).Write()
            : throw new ImportException(graph.Problems);
    }
}
