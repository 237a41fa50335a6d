namespace Nnfs.Import.Evaluation;

/// <summary>The greatest value or the mean of each channel of images of any number of dimensions: samples × channels × sizes.</summary>
internal static class Pools
{
    /// <summary>The greatest value of what a window covers.</summary>
    public static TensorValue Max(OperatorCall call)
    {
        if (call.Gives(1))
        {
            throw call.Fault("the indices of the greatest values are asked for");
        }

        TensorValue x = Images(call);
        Windows windows = Of(call, x);

        return Of(call, x, windows, static (pixels, _) => pixels.Max());
    }

    /// <summary>The mean of what a window covers, with the padding where <c>count_include_pad</c> says so.</summary>
    public static TensorValue Average(OperatorCall call)
    {
        TensorValue x = Images(call);
        Windows windows = Of(call, x);
        int[]? counts = call.Integer("count_include_pad", 0) != 0 ? windows.CoveredWithPadding() : null;

        return Of(call, x, windows, (pixels, stop) => pixels.Sum() / (counts?[stop] ?? pixels.Length));
    }

    /// <summary>The greatest value of each channel.</summary>
    public static TensorValue GlobalMax(OperatorCall call) => Global(call, static pixels => pixels.Max());

    /// <summary>The mean of each channel.</summary>
    public static TensorValue GlobalAverage(OperatorCall call) => Global(call, static pixels => pixels.Average());

    private static TensorValue Images(OperatorCall call) =>
        call.RealInput(0) is { Rank: >= 3 } images ? images : throw call.Fault($"{call.Input(0)} are no images of samples × channels × sizes");

    private static Windows Of(OperatorCall call, TensorValue x)
    {
        int[] image = [.. x.Shape[2..]];
        long[] kernel = call.Integers("kernel_shape") ?? throw call.Fault("it has no 'kernel_shape'");

        return kernel.Length == image.Length && kernel.All(static size => size is > 0 and <= int.MaxValue)
            ? Windows.Of(call, image, Array.ConvertAll(kernel, static size => (int)size))
            : throw call.Fault($"'kernel_shape' is {OperatorCall.List(kernel)} for {image.Length} dimensions");
    }

    private static TensorValue Of(OperatorCall call, TensorValue x, Windows windows, Func<double[], int, double> function)
    {
        (int Kernel, int Image)[][] covered = windows.Covered();
        int image = Places.Count(windows.Image);
        int[] shape = call.Shape([x.Shape[0], x.Shape[1], .. windows.Stops]);
        double[] y = new double[Places.Count(shape)];

        for (int i = 0; i < y.Length; i++)
        {
            int stop = i % covered.Length;
            int start = i / covered.Length * image;
            double[] pixels = [.. covered[stop].Select(element => x.Reals[start + element.Image])];
            y[i] = pixels.Length > 0 ? function(pixels, stop) : throw call.Fault("a window covers only padding");
        }

        return TensorValue.OfReals(y, shape);
    }

    private static TensorValue Global(OperatorCall call, Func<double[], double> function)
    {
        TensorValue x = Images(call);
        int image = Places.Count(x.Shape[2..]);
        double[] y = new double[x.Shape[0] * x.Shape[1]];

        for (int i = 0; i < y.Length; i++)
        {
            y[i] = function(x.Reals.Slice(i * image, image).ToArray());
        }

        return TensorValue.OfReals(y, [x.Shape[0], x.Shape[1], .. Enumerable.Repeat(1, x.Rank - 2)]);
    }
}
