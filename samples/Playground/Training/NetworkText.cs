using System.Text;
using System.Text.Json;
using Nnfs;

namespace Playground.Training;

/// <summary>Describes a network to the page, as JSON.</summary>
internal static class NetworkText
{
    /// <summary>The page draws so many neurons of a layer at most.</summary>
    public const int MostNeurons = 64;

    /// <summary>
    /// The name, the number of parameters, the summary, and the columns that the page draws: each layer whose outputs can be looked at, how many of its
    /// neurons are drawn, and where in the packed parameters the weights and biases lie that lead to it; −1 where there are none, or where they lie between
    /// other sizes.
    /// </summary>
    public static string Describe(ITrainee trainee)
    {
        NetworkInfo info = trainee.Network.Info;
        using MemoryStream text = new();

        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("name", info.Name[(info.Name.LastIndexOf('.') + 1)..]);
            json.WriteNumber("parameters", info.ParameterCount);
            json.WriteNumber("outputs", info.OutputSize);
            json.WriteString("summary", info.Summary);
            json.WriteStartArray("columns");
            WriteColumns(json, trainee, info);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void WriteColumns(Utf8JsonWriter json, ITrainee trainee, NetworkInfo info)
    {
        int before = info.InputSize;
        int start = 0;
        int weights = -1;
        int biases = -1;

        foreach (LayerInfo layer in info.Layers)
        {
            foreach (TensorInfo tensor in layer.Tensors.Where(static tensor => tensor.IsTrained))
            {
                if (layer.Kind == LayerKind.Dense)
                {
                    bool fits = tensor.Shape.Length == 2 ? tensor.Shape[0] == before : weights >= 0;
                    weights = tensor.Shape.Length == 2 ? (fits ? start : -1) : weights;
                    biases = tensor.Shape.Length == 1 && fits ? start : -1;
                }

                start += (int)tensor.Count;
            }

            if (layer.OutputShape.Length > 1 || !trainee.Shows(layer))
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteNumber("neurons", layer.Outputs);
            json.WriteNumber("drawn", Math.Min(layer.Outputs, MostNeurons));
            json.WriteNumber("weights", weights);
            json.WriteNumber("biases", biases);
            json.WriteEndObject();

            before = layer.Outputs;
            weights = -1;
            biases = -1;
        }
    }
}
