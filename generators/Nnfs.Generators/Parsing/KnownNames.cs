namespace Nnfs.Generators.Parsing;

/// <summary>The names that the parser looks for in the user's code.</summary>
internal static class KnownNames
{
    public const string Namespace = "Nnfs";
    public const string NetworkAttribute = "NetworkAttribute";
    public const string NetworkAttributeFullName = "Nnfs.NetworkAttribute";
    public const string LayerAttribute = "LayerAttribute";
    public const string LossAttribute = "LossAttribute";

    public const string AttributeSuffix = "Attribute";
    public const string InputAttribute = "InputAttribute";
    public const string OutputAttribute = "OutputAttribute";

    public const string NameProperty = "Name";
    public const string FromProperty = "From";
    public const string WeightProperty = "Weight";
    public const string LabelSmoothingProperty = "LabelSmoothing";
    public const string WeightL1Property = "WeightL1";
    public const string WeightL2Property = "WeightL2";
    public const string BiasL1Property = "BiasL1";
    public const string BiasL2Property = "BiasL2";
    public const string EpsilonProperty = "Epsilon";
    public const string MomentumProperty = "Momentum";
    public const string FormProperty = "Form";
    public const string WeightInitializerProperty = "WeightInitializer";
    public const string InputsParameter = "inputs";
    public const string NeuronsParameter = "neurons";
    public const string SourcesParameter = "sources";
    public const string NameParameter = "name";
    public const string ShapeParameter = "shape";
    public const string SlopeParameter = "slope";
    public const string AlphaParameter = "alpha";
    public const string RateParameter = "rate";
    public const string DeltaParameter = "delta";
    public const string InputShapeParameter = "inputShape";
    public const string NumpyRandom = "NumpyRandom";
    public const string SetsRequiredMembers = "SetsRequiredMembersAttribute";
}
