namespace Nnfs.Tests.Kernels;

/// <summary>
/// Any size as a type, so that a theory can run a kernel for sizes that are only known to it at run time: the bits of the number from the
/// highest to the lowest, each a generic type around the one before. 6 is <c>Even&lt;Odd&lt;One&gt;&gt;</c>: 2 · (2 · 1 + 1).
/// </summary>
internal static class BinaryDimension
{
    public static Type Of(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);

        return size == 1 ? typeof(One) : (size % 2 == 0 ? typeof(Even<>) : typeof(Odd<>)).MakeGenericType(Of(size / 2));
    }

    /// <summary>A kernel compiled for these sizes.</summary>
    /// <param name="kernel">The class of the kernel.</param>
    /// <param name="method">Its method, whose parameters are those of <typeparamref name="TDelegate"/>.</param>
    /// <param name="sizes">A size for each type parameter.</param>
    public static TDelegate Bind<TDelegate>(Type kernel, string method, params ReadOnlySpan<int> sizes)
        where TDelegate : Delegate =>
        Bind<TDelegate>(kernel, method, [.. sizes.ToArray().Select(Of)]);

    /// <summary>
    /// A kernel compiled for these types: sizes, and whatever else it is generic over. Where it takes values of some of the types, they come in the same order.
    /// </summary>
    public static TDelegate Bind<TDelegate>(Type kernel, string method, Type[] dimensions)
        where TDelegate : Delegate
    {
        Type[] parameters = [.. typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Select(static parameter => parameter.ParameterType)];
        int next = 0;

        for (int i = 0; i < parameters.Length; i++)
        {
            int index = Array.IndexOf(dimensions, parameters[i], next);

            if (index >= 0)
            {
                parameters[i] = Type.MakeGenericMethodParameter(index);
                next = index + 1;
            }
        }

        return kernel.GetMethod(method, dimensions.Length, parameters)?.MakeGenericMethod(dimensions).CreateDelegate<TDelegate>()
            ?? throw new MissingMethodException(kernel.Name, method);
    }

    private readonly struct One : IDimension
    {
        public static int Value => 1;
    }

    private readonly struct Even<TUpper> : IDimension
        where TUpper : struct, IDimension
    {
        public static int Value => 2 * TUpper.Value;
    }

    private readonly struct Odd<TUpper> : IDimension
        where TUpper : struct, IDimension
    {
        public static int Value => (2 * TUpper.Value) + 1;
    }
}
