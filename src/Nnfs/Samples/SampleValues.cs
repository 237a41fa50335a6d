using System.ComponentModel;
using System.Numerics;

namespace Nnfs.Kernels;

/// <summary>What generated samples call to become numbers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SampleValues
{
    /// <summary>Checks that a span has the length of what is written.</summary>
    /// <param name="length">The length of the span.</param>
    /// <param name="expected">The number of values.</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void CheckLength(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException($"The sample is written as {expected} values, but there is room for {length}.");
        }
    }

    /// <summary>Writes an array of numbers.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="numbers">The numbers.</param>
    /// <param name="values">Takes them; its length is that which the array is declared with.</param>
    /// <param name="member">The name of the array.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public static void Write<T>(ReadOnlySpan<T> numbers, Span<double> values, string member)
        where T : struct, INumberBase<T>
    {
        if (numbers.Length != values.Length)
        {
            throw WrongLength(numbers.Length, values.Length, member);
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            values[i] = double.CreateSaturating(numbers[i]);
        }
    }

    /// <summary>The exception for an array of another length than it was declared with.</summary>
    /// <param name="length">Its length.</param>
    /// <param name="expected">The length that it was declared with.</param>
    /// <param name="member">Its name.</param>
    internal static ArgumentException WrongLength(int length, int expected, string member) =>
        new($"'{member}' takes {expected} numbers, but has {length}.");

    /// <summary>The exception for a value that its enum has no name for.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="member">The name of the feature or label.</param>
    public static ArgumentOutOfRangeException Undefined<TEnum>(TEnum value, string member)
        where TEnum : struct, Enum =>
        new(member, value, $"'{member}' is {value}, but {typeof(TEnum).Name} has no name for that value.");

    /// <summary>The exception for a class that there is not.</summary>
    /// <param name="classIndex">The class.</param>
    /// <param name="classes">The number of classes.</param>
    public static ArgumentOutOfRangeException NoClass(int classIndex, int classes) =>
        new(nameof(classIndex), classIndex, $"Classes are 0 … {classes - 1}, but this one is {classIndex}.");
}
