using Nnfs.Training;

namespace Nnfs.Evaluations;

/// <summary>Collects what one output of a network gives for all samples, and evaluates it: an output of a network with several inputs or outputs.</summary>
/// <param name="output">The output.</param>
/// <param name="targets">The labels or targets of all samples.</param>
internal sealed class OutputCollector(OutputInfo output, float[] targets)
{
    private readonly List<float> _outputs = [];

    /// <summary>Adds the outputs of some samples.</summary>
    public void Add(ReadOnlySpan<float> outputs) => _outputs.AddRange(outputs);

    /// <summary>Evaluates all of them.</summary>
    /// <param name="loss">Their mean loss.</param>
    public object Evaluate(float loss)
    {
        float[] outputs = [.. _outputs];
        int samples = outputs.Length / output.Size;

        if (output.Kind == AccuracyKind.Regression)
        {
            double precision = Accuracy.Precision(targets, output.Size);
            RegressionErrors errors = new(targets, output.Size);
            errors.Add(outputs, targets);
            int right = Accuracy.CountRightRegression(outputs, targets, precision);

            return new RegressionEvaluation(loss, samples, Accuracy.Share(right, targets.Length), precision, errors.Scores, errors.Overall);
        }

        int[] labels = Array.ConvertAll(targets, static label => (int)label);

        if (output.Kind == AccuracyKind.Binary && output.Size > 1)
        {
            OutputCounts counts = new(output.Size);
            counts.Add(outputs, labels);

            return new MultiLabelEvaluation(loss, samples, counts.Accuracy, counts.ExactAccuracy, counts.Scores, outputs, labels);
        }

        return NetworkEvaluation.OfClasses(loss, Accuracy.Of(output, precision: 0), outputs, labels);
    }
}
