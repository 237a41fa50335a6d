using Playground.Compiler;

namespace Nnfs.Playground.Compiler.Tests;

/// <summary>Texts as they are typed, and a session for each test.</summary>
internal static class Text
{
    /// <summary>A network without a fault.</summary>
    public const string Sound = """
        using Nnfs;

        [Network(2)]
        [Dense(16)]
        [ReLU]
        [Dense(3)]
        [SoftmaxCrossEntropy]
        public partial class Net;
        """;

    /// <summary>The same with a layer that takes what the one before it does not give.</summary>
    public const string Faulty = """
        using Nnfs;

        [Network(2)]
        [Dense(16)]
        [ReLU]
        [Dense(32, 3)]
        [SoftmaxCrossEntropy]
        public partial class Net;
        """;

    /// <summary>What a look at a text gives, both times.</summary>
    public static async Task<(CompilerReport First, CompilerReport Whole)> LookAsync(CompilerSession session, string text) =>
        (await session.CheckAsync(text), await session.CompileAsync());

    /// <summary>The characters that a fault is at.</summary>
    public static string At(string text, Fault fault) => text.Substring(fault.Start, fault.Length);
}
