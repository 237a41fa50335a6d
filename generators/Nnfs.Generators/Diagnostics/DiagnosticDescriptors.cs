using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Diagnostics;

/// <summary>Every fault that the analyzers report. Identifiers are never reused.</summary>
internal static class DiagnosticDescriptors
{
    public const string Category = "Nnfs";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        id: "NNFS001",
        title: "A network and the types around it must be partial",
        message: "'{0}' must be partial, so that the network '{1}' can be generated into it");

    public static readonly DiagnosticDescriptor NoLayers = Error(
        id: "NNFS002",
        title: "A network needs a layer",
        message: "The network '{0}' has no layers");

    public static readonly DiagnosticDescriptor InvalidShape = Error(
        id: "NNFS003",
        title: "A shape must be given, of one to four positive sizes",
        message: "The {0} must be one to four sizes of at least 1, but {1}");

    public static readonly DiagnosticDescriptor InvalidLayerSize = Error(
        id: "NNFS004",
        title: "A layer size must be positive",
        message: "'{0}' must have at least 1 {1}, but has {2}");

    public static readonly DiagnosticDescriptor InputsDisagree = Error(
        id: "NNFS005",
        title: "A dense layer must take what the layer before it gives",
        message: "'{0}' takes {1}, but {2} gives {3}");

    public static readonly DiagnosticDescriptor LossNotLast = Error(
        id: "NNFS006",
        title: "An output has one loss, and it comes last",
        message: "The loss '{0}' {1}");

    public static readonly DiagnosticDescriptor CrossEntropyWithoutSoftmax = Error(
        id: "NNFS007",
        title: "A cross-entropy of probabilities must follow the layer that gives them",
        message: "'{0}' takes the probabilities of a {1}, but {2} comes before it");

    public static readonly DiagnosticDescriptor SoftmaxTwice = Warning(
        id: "NNFS008",
        title: "A loss of logits applies the softmax or the sigmoid itself",
        message: "'{0}' comes directly before '{1}', which takes logits and applies a {2} itself: the {2} is computed twice");

    public static readonly DiagnosticDescriptor UnsupportedClass = Error(
        id: "NNFS009",
        title: "This class cannot be a network",
        message: "'{0}' cannot be a network, because it {1}");

    public static readonly DiagnosticDescriptor SeveralDeclarations = Error(
        id: "NNFS010",
        title: "The layers of a network must be on one declaration",
        message: "The layers of '{0}' are spread over {1} partial declarations, whose order is undefined; put them on one");

    public static readonly DiagnosticDescriptor InvalidName = Error(
        id: "NNFS011",
        title: "A layer or member must have a valid name that is not taken",
        message: "The {0} '{1}' {2}");

    public static readonly DiagnosticDescriptor LayersWithoutNetwork = Warning(
        id: "NNFS012",
        title: "Layers without a network",
        message: "'{0}' has layers but no [Network]; nothing is generated for it");

    public static readonly DiagnosticDescriptor TooLarge = Error(
        id: "NNFS013",
        title: "The network is too large",
        message: "'{0}' brings the network to {1} {2}, but one array holds at most {3}; use smaller sizes");

    public static readonly DiagnosticDescriptor UnknownSource = Error(
        id: "NNFS014",
        title: "A layer must read a layer or input that exists",
        message: "'{0}' reads '{1}', but no layer or input has that name{2}");

    public static readonly DiagnosticDescriptor LaterSource = Error(
        id: "NNFS015",
        title: "A layer must read a layer or input that comes before it",
        message: "'{0}' reads '{1}', which {2}");

    public static readonly DiagnosticDescriptor NotRead = Error(
        id: "NNFS016",
        title: "A layer or input must be read",
        message: "Nothing reads '{0}': neither a later layer nor an output");

    public static readonly DiagnosticDescriptor SizesDiffer = Error(
        id: "NNFS017",
        title: "Values that are joined must have shapes that fit",
        message: "'{0}' joins {1} with {2}: {3} takes {4}");

    public static readonly DiagnosticDescriptor IncompleteGraph = Error(
        id: "NNFS018",
        title: "Inputs, outputs and joins must be complete",
        message: "'{0}' {1}");

    public static readonly DiagnosticDescriptor InvalidSetting = Error(
        id: "NNFS019",
        title: "A setting of a layer or loss must be in its range",
        message: "The {0} of '{1}' must be {2}, but is {3}");

    public static readonly DiagnosticDescriptor ReshapeDiffers = Error(
        id: "NNFS020",
        title: "A shape must have as many values as it is made of",
        message: "'{0}' needs {1} values, but {2} gives {3}");

    public static readonly DiagnosticDescriptor GeneratedArgument = Error(
        id: "NNFS021",
        title: "A network must not depend on generated code",
        message: "'{0}' depends on generated code, which does not exist yet when the network is generated; {1}");

    public static readonly DiagnosticDescriptor SoftmaxOfOne = Warning(
        id: "NNFS022",
        title: "A softmax needs at least two values",
        message: "'{0}' takes {1} from {2}, but the softmax of 1 value is always 1, so nothing is learned; use {3}");

    public static readonly DiagnosticDescriptor LimitedLogits = Warning(
        id: "NNFS023",
        title: "A loss of logits must not follow a layer that limits them",
        message: "'{0}' gives values {1}, but '{2}' takes logits of any size: its probabilities are {3}; remove [{4}]{5}");

    public static readonly DiagnosticDescriptor OldLanguage = Error(
        id: "NNFS024",
        title: "A network needs C# 12 or later",
        message: "'{0}' needs C# {1} or later, but the project sets C# {2}; remove <LangVersion> from the project file");

    public static readonly DiagnosticDescriptor ShapeNotTaken = Error(
        id: "NNFS025",
        title: "A layer must take the shape that the layer before it gives",
        message: "'{0}' takes {1}, but {2} gives {3}; {4}");

    public static readonly DiagnosticDescriptor WindowTooLarge = Error(
        id: "NNFS026",
        title: "A window must fit into the image or the sequence that it moves over",
        message: "The {0} of '{1}' does not fit into the {2} of {3}; use a smaller one{4}");

    public static readonly DiagnosticDescriptor GroupsDoNotDivide = Error(
        id: "NNFS027",
        title: "Groups must divide the channels and the filters of a convolution",
        message: "The {1} groups of '{0}' do not divide {2}");

    public static readonly DiagnosticDescriptor CausalPaddingNotTaken = Error(
        id: "NNFS028",
        title: "Only convolutions of sequences pad causally",
        message: "'{0}' has no causal padding, which is for convolutions of sequences; use Padding.Same or Padding.Valid");

    public static readonly DiagnosticDescriptor BidirectionalState = Error(
        id: "NNFS029",
        title: "A bidirectional layer can't carry its state on",
        message: "'{0}' reads its steps in both directions, so it has no state to go on from in the next pass; remove Bidirectional or Stateful");

    public static readonly DiagnosticDescriptor IndicesNotTaken = Error(
        id: "NNFS031",
        title: "Indices must come from an input that nothing else reads",
        message: "'{0}' reads {1}, but {2}; {3}");

    public static readonly DiagnosticDescriptor HeadsDoNotDivide = Error(
        id: "NNFS032",
        title: "Heads must divide the features of an attention",
        message: "The {1} heads of '{0}' do not divide its {2} features");

    public static readonly DiagnosticDescriptor NoWeights = Error(
        id: "NNFS033",
        title: "Pretrained weights must be a file that the build can read",
        message: "'{0}' {1}");

    public static readonly DiagnosticDescriptor OtherWeights = Error(
        id: "NNFS034",
        title: "Pretrained weights must be the tensors of the layers",
        message: "'{0}' {1}");

    public static readonly DiagnosticDescriptor LengthNotTaken = CallError(
        id: "NNFS101",
        title: "A network must be called with lengths that fit it",
        message: "'{0}' of '{1}' must {2}, but it {3}");

    public static readonly DiagnosticDescriptor LabelOutOfRange = CallError(
        id: "NNFS102",
        title: "A label must be a class of the network",
        message: "Label {0}{1} is not a class of '{2}', whose classes are 0 to {3}{4}");

    public static readonly DiagnosticDescriptor MissingLoss = CallError(
        id: "NNFS103",
        title: "A network needs a loss to be trained or evaluated",
        message: "'{0}' has no loss: add {1} after its last layer; '{2}' needs one");

    public static readonly DiagnosticDescriptor CallMisfits = CallError(
        id: "NNFS104",
        title: "A call must fit what the network declares",
        message: "'{0}' does not fit '{1}', {2}");

    public static readonly DiagnosticDescriptor StepSwapped = CallError(
        id: "NNFS105",
        title: "An optimizer's step takes the parameters first and then their gradients",
        message: "'Step' takes the parameters and then the gradients, but '{0}' are gradients and '{1}' are parameters: swap them");

    public static readonly DiagnosticDescriptor OtherTargets = Warning(
        id: "NNFS106",
        title: "A backward pass takes the targets of its forward pass",
        message: "'{0}' of '{1}' must be {2}, but is '{3}': gradients go to 'BackwardFrom'");

    public static readonly DiagnosticDescriptor SampleNotPartial = Error(
        id: "NNFS201",
        title: "A sample and the types around it must be partial",
        message: "'{0}' must be partial, so that the sample '{1}' can be generated into it");

    public static readonly DiagnosticDescriptor UnsupportedSample = Error(
        id: "NNFS202",
        title: "This type cannot be a sample",
        message: "'{0}' cannot be a sample, because it {1}");

    public static readonly DiagnosticDescriptor NoFeatures = Error(
        id: "NNFS203",
        title: "A sample needs a feature",
        message: "The sample '{0}' has no features; put [Feature] on what a network is to read");

    public static readonly DiagnosticDescriptor FeatureNotTaken = Error(
        id: "NNFS204",
        title: "A feature must be a number, bool, enum, date or array of numbers",
        message: "'{0}' cannot be a feature, because {1}");

    public static readonly DiagnosticDescriptor LabelNotTaken = Error(
        id: "NNFS205",
        title: "A label must be an enum, bool, number or array of numbers",
        message: "'{0}' cannot be a label, because {1}");

    public static readonly DiagnosticDescriptor LabelsDisagree = Error(
        id: "NNFS206",
        title: "A sample has one label of classes, or labels that are numbers",
        message: "'{0}' cannot be a label beside '{1}', because {2}");

    public static readonly DiagnosticDescriptor InvalidLength = Error(
        id: "NNFS207",
        title: "An array has a fixed length, and nothing else has one",
        message: "The length of '{0}' {1}");

    public static readonly DiagnosticDescriptor FeatureSetting = Error(
        id: "NNFS208",
        title: "A setting of a feature must fit its type",
        message: "'{0}' of '{1}' {2}");

    public static readonly DiagnosticDescriptor SameColumn = Error(
        id: "NNFS209",
        title: "Features and labels must have different names",
        message: "'{0}' has the name '{1}', which is that of '{2}'; give one of them another Name");

    public static readonly DiagnosticDescriptor NotConstructible = Error(
        id: "NNFS210",
        title: "Generated code must be able to make a sample",
        message: "'{0}' cannot be made of its features and labels, because {1}");

    public static readonly DiagnosticDescriptor SampleMemberTaken = Error(
        id: "NNFS211",
        title: "A member of a sample must not have the name of a generated one",
        message: "The member '{0}' has the name of a generated member; rename it{1}");

    public static readonly DiagnosticDescriptor FeatureWithoutSample = Warning(
        id: "NNFS212",
        title: "A feature or label without a sample",
        message: "[{0}] on '{1}' does nothing, because {2}");

    public static readonly DiagnosticDescriptor NoSample = Error(
        id: "NNFS221",
        title: "A network names a type of samples, or states a shape",
        message: "'{0}' learns from '{1}', which has no [Sample]; put [Sample] on it, or state the shape of the inputs");

    public static readonly DiagnosticDescriptor LossMisfitsLabel = Error(
        id: "NNFS222",
        title: "The loss of a network of samples must fit their label",
        message: "'{0}' {1}, but {2}; {3}");

    public static readonly DiagnosticDescriptor LabelSizeDiffers = Error(
        id: "NNFS223",
        title: "A network of samples has as many outputs as their label asks for",
        message: "{0} gives {1}, but {2}{3}");

    public static readonly DiagnosticDescriptor SizeNotKnown = Error(
        id: "NNFS224",
        title: "A dense layer needs a size that the label does not say",
        message: "'{0}' has no size, and {1}; write {2}");

    /// <summary>
    /// A fault of a declaration, for which nothing is generated. No setting hides it: the build would succeed, and the network would fail when it is made.
    /// </summary>
    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A fault of a call, which fails when it runs. A test may want just that, and can turn the rule off.</summary>
    private static DiagnosticDescriptor CallError(string id, string title, string message) => Rule(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Rule(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: HelpLink.For(id), customTags: tags);
}
