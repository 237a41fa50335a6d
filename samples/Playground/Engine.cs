using System.Runtime.InteropServices;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Nnfs;
using Playground.Data;
using Playground.Training;

namespace Playground;

/// <summary>
/// What the training worker calls. Choices are collected until <see cref="Begin"/> applies them together. Numbers come as bytes of little-endian floats,
/// which is what can cross at the cost of a copy.
/// </summary>
[SupportedOSPlatform("browser")]
internal static partial class Engine
{
    private static readonly Session s_session = new();

    private static PointSet s_points = s_session.Points;
    private static NetworkClass? s_typed;
    private static string? s_declaration;
    private static byte[] s_surface = [];

    /// <summary>Draws one of the page's data sets.</summary>
    [JSExport]
    public static void ChooseShape(string kind, int samples, double noise, int seed) => s_points = Shapes.Draw(kind, samples, noise, seed);

    /// <summary>Takes points that the user drew.</summary>
    /// <param name="coordinates">x and y of each, from −1 to 1.</param>
    /// <param name="labels">The class of each.</param>
    [JSExport]
    public static void ChoosePoints(double[] coordinates, int[] labels) =>
        s_points = PointSet.OfPlane([.. coordinates.Select(static value => (float)value)], labels);

    /// <summary>Reads points of a file or a pasted text.</summary>
    [JSExport]
    public static void ChooseCsv(string text) => s_points = CsvPoints.Read(text);

    /// <summary>
    /// Takes a network of an assembly that the page compiled; it is trained from the next <see cref="Begin"/> without the name of an activation on.
    /// </summary>
    /// <param name="assembly">The bytes of the assembly.</param>
    /// <param name="className">The class with its namespace.</param>
    /// <param name="declaration">The types that were typed, the class among them.</param>
    [JSExport]
    public static void LoadAssembly(byte[] assembly, string className, string declaration)
    {
        s_typed = NetworkClass.OfAssembly(assembly, className);
        s_declaration = declaration;
    }

    /// <summary>Begins with the chosen points, a network and an optimizer, and describes the network: see <see cref="NetworkText"/>.</summary>
    /// <param name="activation">ReLU, Tanh or Sigmoid; empty for the typed network.</param>
    /// <param name="layers">The number of hidden layers.</param>
    /// <param name="width">The neurons of each.</param>
    /// <param name="testShare">The share of the points that it does not learn from.</param>
    /// <param name="optimizer">SGD, Momentum, RMSProp, Adam or AdamW.</param>
    /// <param name="learningRate">Its learning rate.</param>
    /// <param name="penalty">none, L1 or L2.</param>
    /// <param name="penaltyRate">The λ of the penalty.</param>
    /// <param name="batchSize">The samples of a step; 0 takes all.</param>
    /// <param name="seed">Of the weights, of the split and of the order of samples.</param>
    [JSExport]
    public static string Begin(
        string activation, int layers, int width, double testShare, string optimizer, double learningRate, string penalty, double penaltyRate, int batchSize,
        int seed)
    {
        NetworkClass network = activation.Length > 0
            ? NetworkClass.OfGrid(activation, layers, width, s_points.Data.ClassCount)
            : s_typed ?? throw new PlaygroundException("There is no network typed yet: declare one first.");

        s_session.Begin(s_points, testShare, network, new(optimizer, (float)learningRate, penalty, (float)penaltyRate, batchSize, seed));

        if (activation.Length > 0)
        {
            s_declaration = null;
        }

        return NetworkText.Describe(s_session.Trainee);
    }

    /// <summary>Changes how the training goes on.</summary>
    [JSExport]
    public static void ChangeTraining(string optimizer, double learningRate, string penalty, double penaltyRate, int batchSize, int seed) =>
        s_session.Change(new(optimizer, (float)learningRate, penalty, (float)penaltyRate, batchSize, seed));

    /// <summary>Trains a number of steps.</summary>
    [JSExport]
    public static void Step(int steps) => s_session.Step(steps);

    /// <summary>Steps, epochs, losses and accuracies of training and test: see <see cref="Measures"/>.</summary>
    [JSExport]
    public static double[] Measure()
    {
        Measures now = s_session.Measure();

        return [now.Steps, now.Epochs, now.TrainingLoss, now.TestLoss, now.TrainingAccuracy, now.TestAccuracy];
    }

    /// <summary>The points that were chosen last, in their own order, as x, y, class, and 0: none is kept for the test yet.</summary>
    [JSExport]
    public static byte[] ChosenPoints() => Bytes((s_points.Data, 0));

    /// <summary>The points of the training and of the test, as x, y, class, and 1 for those of the test.</summary>
    [JSExport]
    public static byte[] Points() => Bytes((s_session.Split.Training, 0), (s_session.Split.Test, 1));

    /// <summary>The names of the classes, and what the axes are, as JSON.</summary>
    [JSExport]
    public static string PointsText()
    {
        using MemoryStream text = new();

        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("classes");

            foreach (string name in s_session.Points.ClassNames)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            WriteAxis(json, "x", s_session.Points.Axes.X);
            WriteAxis(json, "y", s_session.Points.Axes.Y);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>The probabilities of the classes over the plane: [50 × 50 × outputs].</summary>
    [JSExport]
    public static byte[] Surface()
    {
        ReadOnlySpan<byte> surface = MemoryMarshal.AsBytes(s_session.Look());

        if (s_surface.Length != surface.Length)
        {
            s_surface = new byte[surface.Length];
        }

        surface.CopyTo(s_surface);

        return s_surface;
    }

    /// <summary>What the drawn neurons of a layer give over the plane, [neurons × 25 × 25], at the time of the last <see cref="Surface"/>.</summary>
    [JSExport]
    public static byte[] Neurons(string layer)
    {
        LayerInfo info = s_session.Trainee.Network.Info.Layers.First(candidate => candidate.Name == layer);
        float[] pictures = new float[Math.Min(info.Outputs, NetworkText.MostNeurons) * Session.PictureSize * Session.PictureSize / 4];
        s_session.LookAt(info, pictures);

        return MemoryMarshal.AsBytes<float>(pictures).ToArray();
    }

    /// <summary>All weights and biases, in the order of the layers.</summary>
    [JSExport]
    public static byte[] Parameters() => s_session.Pack(gradients: false);

    /// <summary>The gradients of the last step, in the same order.</summary>
    [JSExport]
    public static byte[] Gradients() => s_session.Pack(gradients: true);

    /// <summary>The network as a safetensors file.</summary>
    [JSExport]
    public static byte[] SaveSafetensors()
    {
        using MemoryStream file = new();
        s_session.Trainee.Save(file);

        return file.ToArray();
    }

    /// <summary>The network as an ONNX model.</summary>
    [JSExport]
    public static byte[] SaveOnnx()
    {
        using MemoryStream file = new();
        s_session.Trainee.ExportOnnx(file);

        return file.ToArray();
    }

    /// <summary>The points as the program of <see cref="AsCSharp"/> reads them.</summary>
    [JSExport]
    public static string SaveCsv() => s_session.Points.ToCsv();

    /// <summary>A C# program that trains this network on these points.</summary>
    [JSExport]
    public static string AsCSharp()
    {
        string name = s_session.Trainee.Network.Info.Name;

        // A class in another one is Outer+Inner to reflection.
        return CSharpText.Of(s_session, s_declaration, s_declaration is null ? "PlaygroundNet" : name[(name.LastIndexOf('.') + 1)..].Replace('+', '.'));
    }

    private static byte[] Bytes(params ReadOnlySpan<(Dataset Data, float IsTest)> parts)
    {
        List<float> values = [];

        foreach ((Dataset data, float isTest) in parts)
        {
            for (int i = 0; i < data.Count; i++)
            {
                values.AddRange([data.GetSample(i)[0], data.GetSample(i)[1], data.Labels[i], isTest]);
            }
        }

        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).ToArray();
    }

    private static void WriteAxis(Utf8JsonWriter json, string name, Axis axis)
    {
        json.WriteStartObject(name);
        json.WriteString("name", axis.Name);
        json.WriteNumber("low", axis.Low);
        json.WriteNumber("high", axis.High);
        json.WriteEndObject();
    }
}
