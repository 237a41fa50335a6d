namespace Nnfs.Generators.Parsing;

/// <summary>The names that the parser looks for in the user's code.</summary>
internal static class KnownNames
{
    public const string Namespace = "Nnfs";
    public const string Network = "Network";
    public const string SystemNamespace = "System";
    public const string ClsCompliant = "CLSCompliantAttribute";
    public const string NetworkAttribute = "NetworkAttribute";
    public const string NetworkAttributeFullName = "Nnfs.NetworkAttribute";
    public const string LayerAttribute = "LayerAttribute";
    public const string LossAttribute = "LossAttribute";

    public const string AttributeSuffix = "Attribute";
    public const string InputAttribute = "InputAttribute";
    public const string OutputAttribute = "OutputAttribute";

    public const string PretrainedAttribute = "PretrainedAttribute";
    public const string FileParameter = "file";

    public const string NameProperty = "Name";
    public const string FromProperty = "From";
    public const string WeightProperty = "Weight";
    public const string WeightInitializerProperty = "WeightInitializer";
    public const string PlainProperty = "Plain";
    public const string InputsParameter = "inputs";
    public const string SourcesParameter = "sources";
    public const string NameParameter = "name";
    public const string ShapeParameter = "shape";
    public const string InputShapeParameter = "inputShape";
    public const string SampleParameter = "sample";
    public const string SampleAttribute = "SampleAttribute";
    public const string SampleAttributeFullName = "Nnfs.SampleAttribute";
    public const string Sample = "Sample";
    public const string FeatureAttribute = "FeatureAttribute";
    public const string Feature = "Feature";
    public const string LabelAttribute = "LabelAttribute";
    public const string Label = "Label";
    public const string LengthParameter = "length";
    public const string ScalingProperty = "Scaling";
    public const string EmbeddingProperty = "Embedding";
    public const string CyclicProperty = "Cyclic";
    public const string PartsProperty = "Parts";

    public const string NumpyRandom = "NumpyRandom";
    public const string SetsRequiredMembers = "SetsRequiredMembersAttribute";
}
