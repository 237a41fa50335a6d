namespace Nnfs.Import.Evaluation;

/// <summary>Operators that make one element of many.</summary>
internal static class Reductions
{
    /// <summary>A function of two numbers over all elements of the axes, which operator sets before 18 have as an attribute.</summary>
    public static TensorValue Of(OperatorCall call, double start, Func<double, double, double> function)
    {
        TensorValue x = call.Input(0);
        int[] axes = call.IntegersOf("axes", 1) is { Length: > 0 } named
            ? call.Axes(named, x.Rank)
            : call.Integer("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, x.Rank)];

        return axes.Length == 0 && x.Rank > 0 ? x : Of(x, axes, call.Integer("keepdims", 1) != 0, start, function);
    }

    /// <summary>The mean over all elements of the axes.</summary>
    public static TensorValue Mean(OperatorCall call)
    {
        TensorValue sum = Of(call, 0, static (x, y) => x + y);
        double share = (double)sum.Count / call.RealInput(0).Count;

        return TensorValue.OfReals(Array.ConvertAll(sum.ToReals(), value => value * share), [.. sum.Shape]);
    }

    private static TensorValue Of(TensorValue x, int[] axes, bool keepsAxes, double start, Func<double, double, double> function)
    {
        int[] lengths = [.. x.Shape];
        int[] kept = [.. lengths.Select((length, axis) => axes.Contains(axis) ? 1 : length)];
        int[] shape = keepsAxes ? kept : [.. lengths.Where((_, axis) => !axes.Contains(axis))];
        double[] values = new double[Places.Count(kept)];
        Array.Fill(values, start);

        // Each element of the input goes to the place that it has in the result.
        int[] places = Places.Broadcast(kept, lengths);
        double[] elements = x.ToReals();

        for (int i = 0; i < places.Length; i++)
        {
            values[places[i]] = function(values[places[i]], elements[i]);
        }

        return x.Kind == TensorKind.Real
            ? TensorValue.OfReals(values, shape)
            : TensorValue.OfWhole(x.Kind, Array.ConvertAll(values, static value => checked((long)value)), shape);
    }
}
