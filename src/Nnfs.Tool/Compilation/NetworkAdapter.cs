using Microsoft.CodeAnalysis;

namespace Nnfs.Tool.Compilation;

/// <summary>
/// The class that is compiled beside a network, by which this process calls it: spans can't be passed by reflection, so that it has properties which give
/// delegates over arrays.
/// </summary>
internal static class NetworkAdapter
{
    /// <summary>The name of the class.</summary>
    public const string Name = "NnfsNetworkAdapter";

    /// <summary>The property that makes a network.</summary>
    public const string Create = "Create";

    /// <summary>The property with the shapes of all inputs and outputs.</summary>
    public const string Shapes = "Shapes";

    /// <summary>The property with the layers.</summary>
    public const string Layers = "Layers";

    /// <summary>The property with the table of the layers.</summary>
    public const string Summary = "Summary";

    /// <summary>The property that gives a delegate which loads parameters.</summary>
    public const string Load = "Load";

    /// <summary>The property that gives a delegate which saves parameters.</summary>
    public const string Save = "Save";

    /// <summary>The property that gives a delegate which exports the network.</summary>
    public const string Export = "Export";

    /// <summary>The property that gives a delegate which predicts.</summary>
    public const string Predict = "Predict";

    /// <summary>The usings that projects have unless they say otherwise.</summary>
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        """;

    /// <summary>The source of the class for a network.</summary>
    /// <param name="predict">The network's method.</param>
    public static string SourceOf(IMethodSymbol predict)
    {
        string network = predict.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

        // The shapes are declared in the order of the parameters, inputs first.
        IEnumerable<string> shapes = predict.ContainingType.GetMembers().OfType<IPropertySymbol>()
            .Where(static property => property.IsStatic && property.ExplicitInterfaceImplementations.IsEmpty)
            .Where(static property => property.Name.EndsWith("Shape", StringComparison.Ordinal) && property.Type.Name == "ReadOnlySpan")
            .Select(property => $"{network}.{property.Name}.ToArray()");
        IEnumerable<string> inputs = predict.Parameters.Where(IsInput)
            .Select(static (parameter, i) => $"({(TakesIndices(parameter) ? "int" : "float")}[])inputs[{i}]");
        IEnumerable<string> outputs = predict.Parameters.Where(static parameter => !IsInput(parameter)).Select(static (_, i) => $"outputs[{i}]");

        return $$"""
            public static class {{Name}}
            {
                public static object {{Create}} => new {{network}}();
                public static int[][] {{Shapes}} => [{{string.Join(", ", shapes)}}];
                public static string {{Summary}} => {{network}}.Summary;
                public static System.Collections.Immutable.ImmutableArray<Nnfs.LayerInfo> {{Layers}} => LayersOf<{{network}}>();
                public static Action<object, Stream> {{Load}} => static (network, file) => Nnfs.NetworkFiles.LoadParameters(({{network}})network, file);
                public static Action<object, Stream> {{Save}} => static (network, file) => Nnfs.NetworkFiles.Save(({{network}})network, file);
                public static Action<object, Stream> {{Export}} => static (network, file) => Nnfs.NetworkFiles.ExportOnnx(({{network}})network, file);
                public static Action<object, Array[], float[][]> {{Predict}} => static (network, inputs, outputs) =>
                    (({{network}})network).Predict({{string.Join(", ", [.. inputs, .. outputs])}});
                private static System.Collections.Immutable.ImmutableArray<Nnfs.LayerInfo> LayersOf<T>() where T : Nnfs.INetworkModel<T> => T.Layers;
            }
            """;
    }

    /// <summary>Whether a parameter is an input.</summary>
    public static bool IsInput(IParameterSymbol parameter) => parameter.Type.Name == "ReadOnlySpan";

    /// <summary>Whether a parameter takes indices.</summary>
    public static bool TakesIndices(IParameterSymbol parameter) =>
        parameter.Type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Int32 }] };
}
