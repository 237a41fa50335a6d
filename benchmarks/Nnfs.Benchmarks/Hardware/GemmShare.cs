using System.Diagnostics;
using System.Text.Json;

namespace Nnfs.Benchmarks;

/// <summary>What a dense layer reaches of the core's peak rate, both measured in turn.</summary>
/// <param name="Layer">The samples, inputs and neurons.</param>
/// <param name="Width">The name of the vectors.</param>
/// <param name="Flops">The layer's floating-point operations in a second.</param>
/// <param name="PeakFlops">The most that the core does in a second.</param>
/// <param name="Share">The quotient of both, over the rounds.</param>
internal sealed record GemmShare(string Layer, string Width, double Flops, double PeakFlops, Spread Share)
{
    /// <summary>The first argument of a process that measures and prints nothing but the result.</summary>
    public const string Mode = "gemm-share";

    /// <summary>Measures with the vectors of this process.</summary>
    public static IReadOnlyList<GemmShare> Measure()
    {
        DenseLayer[] layers = [DenseLayer.Of64x784x128(), DenseLayer.Of128x512x512()];
        double[][] seconds = Rounds.Time([new PeakFma(), .. layers]);
        double[] peaks = [.. seconds[0].Select(static time => PeakFma.Flops / time)];

        return [.. layers.Select((layer, index) =>
        {
            double[] flops = [.. seconds[index + 1].Select(time => layer.Flops / time)];
            Spread share = Spread.Of(flops.Zip(peaks, static (reached, peak) => reached / peak));

            return new GemmShare(layer.Name, PeakFma.Width, Spread.Of(flops).Median, Spread.Of(peaks).Median, share);
        })];
    }

    /// <summary>Measures in another process, in which Vector512 is off.</summary>
    public static IReadOnlyList<GemmShare> MeasureWithoutVector512()
    {
        ProcessStartInfo start = Self.Start(Mode);
        start.Environment["DOTNET_EnableAVX512"] = "0";

        return JsonSerializer.Deserialize<GemmShare[]>(Self.Output(start))!;
    }

    /// <summary>What the other process prints.</summary>
    public static string MeasureAsText() => JsonSerializer.Serialize(Measure());
}
