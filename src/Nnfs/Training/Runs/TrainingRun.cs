namespace Nnfs;

/// <summary>One of several trainings of networks of the same class.</summary>
/// <typeparam name="TEvaluation">What it was measured by: an <see cref="Evaluation"/> or a <see cref="RegressionEvaluation"/>.</typeparam>
/// <param name="Number">Its number, from 0: that of its fold, or what was added to the seed.</param>
/// <param name="History">How its training went.</param>
/// <param name="Evaluation">How well its network does on the samples that it was not trained on.</param>
public sealed record TrainingRun<TEvaluation>(int Number, TrainingHistory History, TEvaluation Evaluation)
    where TEvaluation : class;
