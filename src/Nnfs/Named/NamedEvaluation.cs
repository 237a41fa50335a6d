using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Nnfs;

/// <summary>How well a network with several inputs or outputs does on a set of samples: its loss, and each output with a loss by its name.</summary>
public sealed class NamedEvaluation
{
    private readonly ImmutableArray<(string Name, object Evaluation)> _outputs;

    internal NamedEvaluation(float loss, int count, ImmutableArray<(string Name, object Evaluation)> outputs)
    {
        Loss = loss;
        Count = count;
        _outputs = outputs;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The mean loss of the network, which is the weighted sum of those of its outputs, without what regularisation adds.</summary>
    public float Loss { get; }

    /// <summary>The names of the outputs with a loss, in their order.</summary>
    public ImmutableArray<string> Names => [.. _outputs.Select(static output => output.Name)];

    /// <summary>The evaluation of an output that tells classes apart, or a single yes from no.</summary>
    /// <param name="output">The name of the output.</param>
    /// <exception cref="ArgumentException">It has another kind of evaluation, or no output with a loss has that name.</exception>
    public Evaluation Classes(string output) => Of<Evaluation>(output);

    /// <summary>The evaluation of an output whose values are numbers.</summary>
    /// <param name="output">The name of the output.</param>
    /// <exception cref="ArgumentException">It has another kind of evaluation, or no output with a loss has that name.</exception>
    public RegressionEvaluation Regression(string output) => Of<RegressionEvaluation>(output);

    /// <summary>The evaluation of an output with several values, each of which is a yes or a no.</summary>
    /// <param name="output">The name of the output.</param>
    /// <exception cref="ArgumentException">It has another kind of evaluation, or no output with a loss has that name.</exception>
    public MultiLabelEvaluation Labels(string output) => Of<MultiLabelEvaluation>(output);

    /// <summary>A table of the outputs, and then what there is to say of each.</summary>
    public override string ToString()
    {
        int width = Math.Max("output".Length, _outputs.Max(static output => output.Name.Length));
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"loss {Loss:0.000000}, {Count} samples\n\n{"output".PadRight(width)}      loss  accuracy");

        foreach ((string name, object evaluation) in _outputs)
        {
            (float loss, float accuracy) = evaluation switch
            {
                Evaluation classes => (classes.Loss, classes.Accuracy),
                MultiLabelEvaluation labels => (labels.Loss, labels.Accuracy),
                _ => (((RegressionEvaluation)evaluation).Loss, ((RegressionEvaluation)evaluation).Accuracy),
            };

            text.Append(CultureInfo.InvariantCulture, $"\n{name.PadRight(width)}  {loss,8:0.000000}    {accuracy:0.0000}");
        }

        foreach ((string name, object evaluation) in _outputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\n{name}: {evaluation}");
        }

        return text.ToString();
    }

    private T Of<T>(string output)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(output);

        foreach ((string name, object evaluation) in _outputs)
        {
            if (name == output)
            {
                return evaluation as T
                    ?? throw new ArgumentException(
                        $"Expected an output whose evaluation is of type {typeof(T).Name}, but that of '{name}' is of type {evaluation.GetType().Name}.",
                        nameof(output));
            }
        }

        throw new ArgumentException($"Expected one of the names [{string.Join(", ", Names)}], but it is '{output}'.", nameof(output));
    }
}
