using System.Text;
using Nnfs.Import.Writing;

namespace Nnfs.Import;

/// <summary>Names of the classes that models become.</summary>
internal static class ClassNames
{
    /// <summary>The name for a class when none can be made of a file's.</summary>
    private const string Otherwise = "Net";

    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate",
        "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in",
        "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private",
        "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this",
        "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    /// <summary>The name of the class for a model's file: <c>my-model_v2.onnx</c> becomes <c>MyModelV2</c>, and <c>predict.onnx</c>, which is
    /// the name of a member, <c>PredictNet</c>.</summary>
    /// <param name="path">The path of the file.</param>
    public static string Of(string path)
    {
        StringBuilder name = new();
        bool isStart = true;

        foreach (char character in Path.GetFileNameWithoutExtension(path))
        {
            if (!char.IsLetterOrDigit(character))
            {
                isStart = true;

                continue;
            }

            // A name begins with a letter.
            if (name.Length == 0 && !char.IsLetter(character))
            {
                name.Append(Otherwise);
            }

            name.Append(isStart ? char.ToUpperInvariant(character) : character);
            isStart = false;
        }

        return name.Length == 0 ? Otherwise
            : LayerNames.IsOfMember(name.ToString()) ? name + Otherwise
            : name.ToString();
    }

    /// <summary>Whether a name can be that of a class, or a part of that of a namespace.</summary>
    public static bool IsValid(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(static character => char.IsLetterOrDigit(character) || character == '_')
            && !s_keywords.Contains(name);
}
