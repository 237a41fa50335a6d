using System.Globalization;
using System.Text;

namespace Nnfs;

/// <summary>Several trainings of networks of the same class, from different folds of the data or different seeds.</summary>
/// <typeparam name="TEvaluation">What they were measured by: an <see cref="Evaluation"/> or a <see cref="RegressionEvaluation"/>.</typeparam>
public sealed class TrainingRuns<TEvaluation>
    where TEvaluation : class
{
    private readonly TrainingRun<TEvaluation>[] _runs;
    private readonly Func<TEvaluation, double> _loss;
    private readonly Func<TEvaluation, double> _accuracy;

    internal TrainingRuns(TrainingRun<TEvaluation>[] runs, Func<TEvaluation, double> loss, Func<TEvaluation, double> accuracy)
    {
        _runs = runs;
        _loss = loss;
        _accuracy = accuracy;
    }

    /// <summary>The trainings in their order.</summary>
    public IReadOnlyList<TrainingRun<TEvaluation>> Runs => _runs;

    /// <summary>The losses on the samples that the networks were not trained on.</summary>
    public MeanAndDeviation Loss => Of(_loss);

    /// <summary>The accuracies on the samples that the networks were not trained on.</summary>
    public MeanAndDeviation Accuracy => Of(_accuracy);

    /// <summary>The mean and deviation of any number that evaluations have, such as <c>evaluation => evaluation.RocAuc</c>.</summary>
    /// <param name="measure">Gives the number.</param>
    public MeanAndDeviation Of(Func<TEvaluation, double> measure)
    {
        ArgumentNullException.ThrowIfNull(measure);

        return MeanAndDeviation.Of(_runs.Select(run => measure(run.Evaluation)));
    }

    /// <summary>A line for each run with its epochs, loss and accuracy, and one with means and deviations.</summary>
    public override string ToString()
    {
        StringBuilder text = new("run  epochs    loss  accuracy\n");

        foreach (TrainingRun<TEvaluation> run in _runs)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{run.Number,3}  {run.History.Epochs.Count,6}  {_loss(run.Evaluation),6:0.0000}    {_accuracy(run.Evaluation):0.0000}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"loss {Loss}, accuracy {Accuracy}").ToString();
    }
}
