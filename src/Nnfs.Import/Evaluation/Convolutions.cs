namespace Nnfs.Import.Evaluation;

/// <summary>Convolutions of images of any number of dimensions: samples × channels × sizes.</summary>
internal static class Convolutions
{
    /// <summary>Each filter's weighted sum of what a window covers in the channels of its group.</summary>
    public static TensorValue Conv(OperatorCall call)
    {
        (TensorValue x, TensorValue w) = Read(call);
        (int samples, int channels, int filters, int groups) = (x.Shape[0], x.Shape[1], w.Shape[0], Groups(call));

        if (filters % groups != 0 || w.Shape[1] * groups != channels)
        {
            throw call.Fault($"{groups} groups of {w.Shape[1]} channels and {filters} filters don't fit {channels} channels");
        }

        Windows windows = Windows.Of(call, [.. x.Shape[2..]], Kernel(call, w));
        (int Kernel, int Image)[][] covered = windows.Covered();
        double[] biases = Biases(call, filters);
        int image = Places.Count(windows.Image);
        int kernel = Places.Count(w.Shape[2..]);
        int own = w.Shape[1];
        int[] shape = call.Shape([samples, filters, .. windows.Stops]);
        double[] y = new double[Places.Count(shape)];

        for (int i = 0; i < samples * filters; i++)
        {
            int filter = i % filters;
            int firstChannel = filter / (filters / groups) * own;

            for (int stop = 0; stop < covered.Length; stop++)
            {
                double sum = biases[filter];

                for (int channel = 0; channel < own; channel++)
                {
                    ReadOnlySpan<double> pixels = x.Reals.Slice(((i / filters * channels) + firstChannel + channel) * image, image);
                    ReadOnlySpan<double> weights = w.Reals.Slice(((filter * own) + channel) * kernel, kernel);

                    foreach ((int k, int pixel) in covered[stop])
                    {
                        sum += weights[k] * pixels[pixel];
                    }
                }

                y[(i * covered.Length) + stop] = sum;
            }
        }

        return TensorValue.OfReals(y, shape);
    }

    /// <summary>Each element, weighted by each filter of its group and added to what a window covers.</summary>
    public static TensorValue ConvTranspose(OperatorCall call)
    {
        (TensorValue x, TensorValue w) = Read(call);
        (int samples, int channels, int groups) = (x.Shape[0], x.Shape[1], Groups(call));
        int own = w.Shape[1];
        int filters = checked(own * groups);

        if (w.Shape[0] != channels || channels % groups != 0)
        {
            throw call.Fault($"{groups} groups and weights for {w.Shape[0]} channels don't fit {channels} channels");
        }

        Windows windows = Windows.OfTransposed(call, [.. x.Shape[2..]], Kernel(call, w));
        (int Kernel, int Image)[][] covered = windows.Covered();
        double[] biases = Biases(call, filters);
        int image = Places.Count(windows.Image);
        int kernel = Places.Count(w.Shape[2..]);
        int[] shape = call.Shape([samples, filters, .. windows.Image]);
        double[] y = new double[Places.Count(shape)];

        for (int i = 0; i < y.Length; i++)
        {
            y[i] = biases[i / image % filters];
        }

        for (int i = 0; i < samples * channels; i++)
        {
            int channel = i % channels;
            int firstFilter = channel / (channels / groups) * own;

            for (int filter = 0; filter < own; filter++)
            {
                Span<double> pixels = y.AsSpan(((i / channels * filters) + firstFilter + filter) * image, image);
                ReadOnlySpan<double> weights = w.Reals.Slice(((channel * own) + filter) * kernel, kernel);

                for (int stop = 0; stop < covered.Length; stop++)
                {
                    foreach ((int k, int pixel) in covered[stop])
                    {
                        pixels[pixel] += weights[k] * x.Reals[(i * covered.Length) + stop];
                    }
                }
            }
        }

        return TensorValue.OfReals(y, shape);
    }

    private static (TensorValue X, TensorValue W) Read(OperatorCall call)
    {
        TensorValue x = call.RealInput(0);
        TensorValue w = call.RealInput(1);

        return x.Rank >= 3 && w.Rank == x.Rank ? (x, w) : throw call.Fault($"weights {w} don't fit images {x}");
    }

    private static int[] Kernel(OperatorCall call, TensorValue w)
    {
        int[] kernel = [.. w.Shape[2..]];
        long[] stated = call.Integers("kernel_shape") ?? Array.ConvertAll(kernel, static size => (long)size);

        return stated.SequenceEqual(kernel.Select(static size => (long)size))
            ? kernel
            : throw call.Fault($"'kernel_shape' is {OperatorCall.List(stated)}, but the weights are {w}");
    }

    private static int Groups(OperatorCall call) =>
        call.Integer("group", 1) is > 0 and <= int.MaxValue and long groups ? (int)groups : throw call.Fault($"there are {call.Integer("group", 1)} groups");

    private static double[] Biases(OperatorCall call, int filters) =>
        call.Optional(2) is null ? new double[filters]
        : call.RealInput(2) is { Rank: 1 } biases && biases.Count == filters ? biases.ToReals()
        : throw call.Fault($"input 2 must have one bias for each of the {filters} filters, but is {call.Input(2)}");
}
