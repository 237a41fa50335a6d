using System.Globalization;
using System.Numerics.Tensors;
using System.Text;

namespace Nnfs.Evaluations;

/// <summary>Evaluations as text.</summary>
internal static class EvaluationTable
{
    private const int WidestMatrix = 20;

    /// <summary>How much room the names above the columns of a matrix may take.</summary>
    private const int WidestNames = 100;

    public static string Write(Evaluation evaluation)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"loss {evaluation.Loss:0.0000}, accuracy {evaluation.Accuracy:0.0000}, {evaluation.Count} samples\n\n");
        string[] names = [.. evaluation.ClassNames ?? evaluation.Classes.Select(static score => FormattableString.Invariant($"{score.Class}"))];
        int width = Math.Max("class".Length, names.Max(static name => name.Length));
        text.Append("class".PadLeft(width)).Append("  precision  recall      F1  samples\n");

        foreach (ClassScore score in evaluation.Classes)
        {
            text.Append(names[score.Class].PadLeft(width)).Append(
                CultureInfo.InvariantCulture,
                $"     {score.Precision:0.0000}  {score.Recall:0.0000}  {score.F1:0.0000}  {score.Count,7}\n");
        }

        if (evaluation.Classes.Count <= WidestMatrix)
        {
            WriteMatrix(text, evaluation.ConfusionMatrix, names, width);
        }

        return text.ToString().TrimEnd('\n');
    }

    public static string Write(MultiLabelEvaluation evaluation)
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"loss {evaluation.Loss:0.0000}, accuracy {evaluation.Accuracy:0.0000}, all right {evaluation.ExactAccuracy:0.0000}, " +
            $"{evaluation.Count} samples\n\n");
        text.Append("output  precision  recall      F1  samples\n");

        foreach (ClassScore score in evaluation.Outputs)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{score.Class,6}     {score.Precision:0.0000}  {score.Recall:0.0000}  {score.F1:0.0000}  {score.Count,7}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    public static string Write(RegressionEvaluation evaluation)
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"loss {evaluation.Loss:0.000000}, accuracy {evaluation.Accuracy:0.0000} (within {evaluation.Precision:0.000000}), {evaluation.Count} samples\n\n");
        string[] names = [.. evaluation.Outputs.Select(score =>
            evaluation.TargetNames.IsEmpty ? FormattableString.Invariant($"{score.Output}") : evaluation.TargetNames[score.Output])];
        int width = Math.Max("output".Length, names.Max(static name => name.Length));
        text.Append($"{"output".PadLeft(width)}  mean absolute error  root mean squared error       R²\n");

        foreach (RegressionScore score in evaluation.Outputs)
        {
            WriteScore(text, names[score.Output].PadLeft(width), score.MeanAbsoluteError, score.RootMeanSquaredError, score.RSquared);
        }

        if (evaluation.Outputs.Count > 1)
        {
            WriteScore(text, "all".PadLeft(width), evaluation.MeanAbsoluteError, evaluation.RootMeanSquaredError, evaluation.RSquared);
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void WriteScore(StringBuilder text, string output, double meanAbsoluteError, double rootMeanSquaredError, double rSquared) => text.Append(
        CultureInfo.InvariantCulture, $"{output}  {meanAbsoluteError,19:0.000000}  {rootMeanSquaredError,23:0.000000}  {rSquared,7:0.0000}\n");

    private static void WriteMatrix(StringBuilder text, ReadOnlyTensorSpan<int> confusion, string[] names, int nameWidth)
    {
        int classes = (int)confusion.Lengths[0];

        // Long names have room in front of the rows, but not above the columns.
        int widest = names.Max(static name => name.Length);
        string[] columns = classes * (widest + 2) <= WidestNames ? names : [.. Enumerable.Range(0, classes).Select(static label => $"{label}")];
        int width = columns.Max(static name => name.Length);

        foreach (int count in confusion)
        {
            width = Math.Max(width, $"{count}".Length);
        }

        text.Append("\nrows: class, columns: predicted class\n").Append(' ', nameWidth);

        foreach (string column in columns)
        {
            text.Append("  ").Append(column.PadLeft(width));
        }

        for (int row = 0; row < classes; row++)
        {
            text.Append('\n').Append(names[row].PadLeft(nameWidth));

            for (int column = 0; column < classes; column++)
            {
                text.Append("  ").Append($"{confusion[row, column]}".PadLeft(width));
            }
        }
    }
}
