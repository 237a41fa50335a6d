namespace Nnfs.Generators.Parsing;

/// <summary>The names that the parser looks for in the user's code.</summary>
internal static class KnownNames
{
    public const string Namespace = "Nnfs";
    public const string NetworkAttribute = "NetworkAttribute";
    public const string NetworkAttributeFullName = "Nnfs.NetworkAttribute";
    public const string LayerAttribute = "LayerAttribute";
    public const string LossAttribute = "LossAttribute";

    public const string Dense = "DenseAttribute";
    public const string ReLU = "ReLUAttribute";
    public const string Softmax = "SoftmaxAttribute";
    public const string SoftmaxCrossEntropy = "SoftmaxCrossEntropyAttribute";
    public const string CategoricalCrossEntropy = "CategoricalCrossEntropyAttribute";

    public const string NameProperty = "Name";
    public const string WeightInitializerProperty = "WeightInitializer";
    public const string InputsParameter = "inputs";
    public const string NeuronsParameter = "neurons";
    public const string InputShapeParameter = "inputShape";
    public const string NumpyRandom = "NumpyRandom";
    public const string SetsRequiredMembers = "SetsRequiredMembersAttribute";
}
