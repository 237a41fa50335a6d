using System.Globalization;
using System.Numerics.Tensors;
using System.Text;

namespace Nnfs;

/// <summary>An evaluation as text.</summary>
internal static class EvaluationTable
{
    private const int WidestMatrix = 20;

    public static string Write(Evaluation evaluation)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"loss {evaluation.Loss:0.0000}, accuracy {evaluation.Accuracy:0.0000}, {evaluation.Count} samples\n\n");
        text.Append("class  precision  recall      F1  samples\n");

        foreach (ClassScore score in evaluation.Classes)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{score.Class,5}     {score.Precision:0.0000}  {score.Recall:0.0000}  {score.F1:0.0000}  {score.Count,7}\n");
        }

        if (evaluation.Classes.Count <= WidestMatrix)
        {
            WriteMatrix(text, evaluation.ConfusionMatrix);
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void WriteMatrix(StringBuilder text, ReadOnlyTensorSpan<int> confusion)
    {
        int classes = (int)confusion.Lengths[0];
        int width = $"{classes - 1}".Length;

        foreach (int count in confusion)
        {
            width = Math.Max(width, $"{count}".Length);
        }

        text.Append("\nrows: class, columns: predicted class\n     ");

        for (int column = 0; column < classes; column++)
        {
            text.Append("  ").Append($"{column}".PadLeft(width));
        }

        for (int row = 0; row < classes; row++)
        {
            text.Append('\n').Append($"{row}".PadLeft(5));

            for (int column = 0; column < classes; column++)
            {
                text.Append("  ").Append($"{confusion[row, column]}".PadLeft(width));
            }
        }
    }
}
