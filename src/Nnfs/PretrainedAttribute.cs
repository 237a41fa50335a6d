namespace Nnfs;

/// <summary>
/// Gives a network weights that its assembly carries: the class has a method <c>CreatePretrained</c>, which needs no file. The compiler compares the tensors of
/// the file with the layers, and the build embeds it.
/// </summary>
/// <example>
/// <code>
/// [Network(784)]
/// [Dense(128)]
/// [ReLU]
/// [Dense(10)]
/// [SoftmaxCrossEntropy]
/// [Pretrained("digits.safetensors")]
/// public partial class DigitsNet;
///
/// DigitsNet net = DigitsNet.CreatePretrained();
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class PretrainedAttribute : Attribute
{
    /// <summary>Names the file of the weights.</summary>
    /// <param name="file">
    /// A safetensors file as <c>Save</c> writes it: its path in the project, such as <c>"models/digits.safetensors"</c>. A file from elsewhere, or one
    /// whose name is a constant of another source file, is added to the project by <c>&lt;NnfsWeights Include="…" /&gt;</c>.
    /// </param>
    public PretrainedAttribute(string file)
    {
        File = file;
    }

    /// <summary>The file's path in the project.</summary>
    public string File { get; }
}
