using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Nnfs;

namespace Playground.Training;

/// <summary>A generated class that can be trained, of this assembly or of one that the page compiled.</summary>
internal sealed class NetworkClass
{
    private static readonly Assembly s_grid = typeof(Networks.LinearNetTo2).Assembly;

    private readonly Type _trainee;

    private NetworkClass(Type network, Type trainee)
    {
        Network = network;
        _trainee = trainee;
        InputSize = (int)Constant(network, "InputSize");
        OutputSize = (int)Constant(network, "OutputSize");
        ParameterCount = Constant(network, "ParameterCount");
    }

    /// <summary>The class itself.</summary>
    public Type Network { get; }

    /// <summary>The number of features of a sample.</summary>
    public int InputSize { get; }

    /// <summary>The number of classes.</summary>
    public int OutputSize { get; }

    /// <summary>The number of weights and biases.</summary>
    public long ParameterCount { get; }

    /// <summary>One of the classes that are compiled ahead.</summary>
    /// <param name="activation">What comes after each hidden layer: ReLU, Tanh, Sigmoid.</param>
    /// <param name="layers">The number of hidden layers; 0 is a linear classifier.</param>
    /// <param name="width">The number of neurons in each.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="PlaygroundException">There is no such class.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The classes of the grid are not trimmed.")]
    public static NetworkClass OfGrid(string activation, int layers, int width, int classes)
    {
        if (classes is not (2 or 3))
        {
            throw new PlaygroundException(
                $"The page has networks at hand for 2 or 3 classes, but the data have {classes}: declare one in the tab Compiler, with [Dense({classes})] as "
                + "its last layer.");
        }

        string name = layers == 0 ? $"LinearNetTo{classes}" : $"{activation}Net{layers}x{width}To{classes}";
        Type network = s_grid.GetType($"Playground.Networks.{name}") ?? throw new PlaygroundException(
            $"The page has no network of {layers} hidden layers of {width} neurons with {activation} for {classes} classes at hand. Declare it in C# instead.");

        return Of(network);
    }

    /// <summary>A class of an assembly that the page compiled.</summary>
    /// <param name="assembly">The bytes of the assembly.</param>
    /// <param name="className">The full name of the class.</param>
    /// <exception cref="PlaygroundException">The assembly has no such class, or the page can't train it.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What typed networks use is not trimmed.")]
    public static NetworkClass OfAssembly(byte[] assembly, string className) =>
        Of(Assembly.Load(assembly).GetType(className) ?? throw new PlaygroundException($"The assembly has no class '{className}'."));

    /// <summary>Makes a network with drawn weights, and its memory.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "The classes of the grid are not trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The classes of the grid are not trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2077", Justification = "The classes of the grid are not trimmed.")]
    public ITrainee Create(NumpyRandom random, int batchSize, int mostSamples) => (ITrainee)Activator.CreateInstance(
        _trainee,
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions,
        binder: null,
        args: [random, batchSize, mostSamples],
        culture: null)!;

    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "Generated classes of this assembly and of typed ones are not trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Generated classes of this assembly and of typed ones are not trimmed.")]
    private static NetworkClass Of(Type network)
    {
        Type classifier = network.GetInterfaces().FirstOrDefault(
            static type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IClassifier<,>)) ?? throw new PlaygroundException(
                $"'{network.Name}' tells no classes apart: the page trains networks with one loss of classes, such as [SoftmaxCrossEntropy].");

        return new(network, typeof(Trainee<,>).MakeGenericType(classifier.GenericTypeArguments));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Generated classes of this assembly and of typed ones are not trimmed.")]
    private static long Constant(Type network, string name) =>
        Convert.ToInt64(network.GetField(name)!.GetRawConstantValue(), CultureInfo.InvariantCulture);
}
