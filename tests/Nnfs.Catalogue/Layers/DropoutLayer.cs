using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary>In training, <c>x / (1 − rate)</c> for elements that are kept and 0 for others; <c>x</c> in predictions.</summary>
/// <param name="Rate">The share that is dropped.</param>
internal sealed record DropoutLayer(float Rate) : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Dropout", static draw => new DropoutLayer(draw.Random.Pick(0f, 0.1f, 0.3f, 0.5f, 0.9f)))
    {
        Examples = [new DropoutLayer(0.4f)],
        Frequency = 10,
        Faults =
        [
            new("Dense(3), Dropout({|NNFS019:1|})", "The rate of 'Dropout1' must be from 0 to less than 1, but is 1"),
            new("Dense(3), Dropout(rate: {|NNFS019:-0.5f|})", "The rate of 'Dropout1' must be from 0 to less than 1, but is -0.5"),
            new("Dense(3), Dropout({|NNFS019:float.NaN|}, Name = \"D\")", "The rate of 'D' must be from 0 to less than 1, but is NaN"),
            new("Dense(3), Dropout({|NNFS019:Rate|})", "The rate of 'Dropout1' must be from 0 to less than 1, but is 2"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override bool IsCausal => true;

    public override IEnumerable<Argument> Arguments => [Argument.Of(null, Rate)];

    public override float StoredSetting => Rate;

    public override bool IsRandom => true;

    public override double[] Forward(LayerPass pass)
    {
        if (pass.Seed is not { } seed)
        {
            return pass.Inputs[0];
        }

        float[] mask = Mask(SeedOf(seed, pass.RandomNumber), first: 0, Rate, pass.Inputs[0].Length);
        pass.Kept = mask;

        return pass.Rounding.Of(Multiply(pass.Inputs[0], mask));
    }

    public override LayerGradients Backward(LayerPass pass, double[] dy) =>
        new(pass.Kept is float[] mask ? pass.Rounding.Of(Multiply(dy, mask)) : dy);

    /// <summary>The number that elements are multiplied by when they are kept: <c>1 / (1 − rate)</c>, rounded once.</summary>
    public static float Scale(float rate) => (float)(1 / (1 - (double)rate));

    /// <summary>The seed of the masks of a layer, from that of the pass: the layer's own stream of the generator.</summary>
    public static ulong SeedOf(ulong seed, int number) => Nnfs.Kernels.Dropout.Seed(seed, number);

    /// <summary>Whether the element of a number is kept.</summary>
    public static bool IsKept(ulong seed, ulong number, float rate)
    {
        ulong keys = Mix64(Mix64(Mix64(seed) + (number >> 32)) + 0x9E3779B97F4A7C15);
        uint bits = Mix32(Mix32((uint)number ^ (uint)keys) + (uint)(keys >> 32));

        // From the lowest number with a sign on, so zero counts as the middle.
        return (long)(int)bits + (1L << 31) >= Math.Round((double)rate * (1L << 32));
    }

    /// <summary>The mask of consecutive elements: 1 where kept, else 0.</summary>
    public static float[] Mask(ulong seed, long first, float rate, int count)
    {
        float[] mask = new float[count];

        for (int i = 0; i < count; i++)
        {
            mask[i] = IsKept(seed, (ulong)first + (ulong)i, rate) ? 1f : 0f;
        }

        return mask;
    }

    /// <summary>
    /// The inverse of <c>lowbias32</c>, as it was published with it: the products of its factors with those of the function are 1 modulo 2³².
    /// </summary>
    public static uint InverseOfMix32(uint x)
    {
        x ^= x >> 16;
        x *= 0x43021123;
        x ^= (x >> 15) ^ (x >> 30);
        x *= 0x1D69E2A5;

        return x ^ (x >> 16);
    }

    private double[] Multiply(double[] values, float[] mask) => [.. values.Zip(mask, (value, kept) => value * kept * Scale(Rate))];

    private static uint Mix32(uint x)
    {
        x = (x ^ (x >> 16)) * 0x7FEB352D;
        x = (x ^ (x >> 15)) * 0x846CA68B;

        return x ^ (x >> 16);
    }

    private static ulong Mix64(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;

        return x ^ (x >> 31);
    }
}
