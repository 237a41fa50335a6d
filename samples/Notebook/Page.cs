using System.Globalization;
using System.Numerics.Tensors;

namespace Notebook;

/// <summary>Prints the notebook, and counts the places where two ways to the same number did not agree.</summary>
internal static class Page
{
    // float32 keeps about seven digits: of the result or, where a sum nearly cancels, of the numbers that were added.
    private const float RelativeTolerance = 1e-5f;
    private const float AbsoluteTolerance = 2e-7f;
    private const int NameWidth = 26;

    public static int Disagreements { get; private set; }

    public static void Title(string title) => Console.WriteLine($"{title}\n{new string('=', title.Length)}");

    public static void Section(string heading, string text)
    {
        Console.WriteLine($"\n\n{heading}\n{new string('-', heading.Length)}");
        Text(text);
    }

    public static void Text(string text) => Console.WriteLine($"\n{text}\n");

    /// <summary>Prints a number or a row of numbers after its name.</summary>
    public static void Show(string name, params ReadOnlySpan<float> row) => Show(name, new Matrix(1, row.Length, row), "0.###");

    /// <summary>Prints a matrix after its name, row under row.</summary>
    public static void Show(string name, Matrix matrix, string format = "0.0000")
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            Console.Write($"  {(i == 0 ? name : ""),-NameWidth}");

            for (int j = 0; j < matrix.Columns; j++)
            {
                // Adding zero turns a negative zero into a positive one.
                Console.Write((matrix[i, j] + 0.0).ToString(format, CultureInfo.InvariantCulture).PadLeft(format.Length + 4));
            }

            Console.WriteLine();
        }
    }

    /// <summary>Says whether another way gave the same numbers.</summary>
    public static void Compare(string name, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        float difference = TensorPrimitives.Distance(expected, actual);
        bool equal = difference <= (RelativeTolerance * TensorPrimitives.Norm(expected)) + AbsoluteTolerance;
        Console.WriteLine($"  {name,-NameWidth}    {(equal ? "equal" : $"DIFFERENT by {difference}")}");

        if (!equal)
        {
            Disagreements++;
        }
    }
}
