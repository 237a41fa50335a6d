namespace Nnfs;

/// <summary>
/// Ends one of the outputs of a network: what the layer before gives, with the loss between them where there is one. With several outputs the
/// generated methods have a parameter for each. Layers may follow, for further outputs.
/// </summary>
/// <example>
/// <code>
/// [Network(16)]
/// [Dense(64)]
/// [ReLU(Name = "Trunk")]
/// [Dense(4)]
/// [SoftmaxCrossEntropy]
/// [Output("policy")]
/// [Dense(1, From = "Trunk")]
/// [MeanSquaredError(Weight = 0.5f)]
/// [Output("value")]
/// public partial class ActorCritic;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>An output with a name.</summary>
    /// <param name="name">Its name: a C# identifier that no layer and no other input or output has.</param>
    public OutputAttribute(string name)
    {
        Name = name;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }
}
