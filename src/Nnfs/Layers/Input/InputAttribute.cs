namespace Nnfs;

/// <summary>
/// One of the inputs of a network whose <see cref="NetworkAttribute">[Network]</see> states no shape. Layers read it by its name; with several inputs the
/// generated methods have a parameter for each. It comes before the layers that read it.
/// </summary>
/// <example>
/// <code>
/// [Network]
/// [Input("state", 8)]
/// [Input("action", 2)]
/// [Concat("state", "action")]
/// [Dense(64)]
/// [ReLU]
/// [Dense(1)]
/// [MeanSquaredError]
/// public partial class Critic;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>An input with a name and a shape.</summary>
    /// <param name="name">Its name: a C# identifier that no layer and no other input or output has.</param>
    /// <param name="shape">The shape for one sample, channels last: one to four sizes of at least 1.</param>
    public InputAttribute(string name, params int[] shape)
    {
        Name = name;
        Shape = shape;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The shape for one sample; its product is the number of values.</summary>
    public IReadOnlyList<int> Shape { get; }
}
