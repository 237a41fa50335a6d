namespace Nnfs.Import.Evaluation;

/// <summary>Operators that compute each element from one of each input; a length of 1 fits any other.</summary>
internal static class Arithmetic
{
    /// <summary>A function of two inputs of the same kind.</summary>
    public static TensorValue Of(OperatorCall call, Func<double, double, double> reals, Func<long, long, long> whole) =>
        Of(call, call.Input(0), call.Input(1), reals, whole);

    /// <summary>A function of two numbers over any number of inputs, from the first to the last.</summary>
    public static TensorValue OfAll(OperatorCall call, Func<double, double, double> reals, Func<long, long, long> whole) =>
        call.AllInputs().Aggregate((x, y) => Of(call, x, y, reals, whole));

    /// <summary>The mean of any number of inputs.</summary>
    public static TensorValue Mean(OperatorCall call)
    {
        TensorValue sum = OfAll(call, static (x, y) => x + y, static (_, _) => throw new InvalidOperationException());

        return TensorValue.OfReals(Array.ConvertAll(sum.ToReals(), value => value / call.InputCount), [.. sum.Shape]);
    }

    /// <summary>The quotient; of whole numbers without its fraction.</summary>
    public static TensorValue Div(OperatorCall call)
    {
        RequireNoWholeZero(call);

        return Of(call, static (x, y) => x / y, static (x, y) => x / y);
    }

    /// <summary>The remainder, with the sign of the divisor, or of the dividend where <c>fmod</c> says so.</summary>
    public static TensorValue Mod(OperatorCall call)
    {
        RequireNoWholeZero(call);

        return call.Integer("fmod", 0) != 0
            ? Of(call, static (x, y) => x % y, static (x, y) => x % y)
            : Of(call, static (x, y) => x - (Math.Floor(x / y) * y), static (x, y) => ((x % y) + y) % y);
    }

    /// <summary>The power, whose exponent may be of another kind.</summary>
    public static TensorValue Pow(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        TensorValue y = call.Input(1);
        int[] shape = call.BroadcastShape(x, y);
        int[] first = Places.Broadcast(x.Shape, shape);
        int[] second = Places.Broadcast(y.Shape, shape);
        double[] bases = x.ToReals();
        double[] exponents = y.ToReals();
        double[] powers = new double[first.Length];

        for (int i = 0; i < powers.Length; i++)
        {
            powers[i] = Math.Pow(bases[first[i]], exponents[second[i]]);
        }

        return x.Kind == TensorKind.Real
            ? TensorValue.OfReals(powers, shape)
            : TensorValue.OfIntegers(Array.ConvertAll(powers, static value => checked((long)value)), shape);
    }

    /// <summary>A function of two truth values.</summary>
    public static TensorValue OfTruth(OperatorCall call, Func<long, long, long> function) =>
        Of(call, call.WholeInput(0), call.WholeInput(1), static (_, _) => throw new InvalidOperationException(), function);

    /// <summary>Whether two numbers compare so.</summary>
    public static TensorValue Compare(OperatorCall call, Func<double, double, bool> reals, Func<long, long, bool> whole)
    {
        TensorValue result = Of(call, static (_, _) => 0, static (_, _) => 0);
        TensorValue x = call.Input(0);
        TensorValue y = call.Input(1);
        int[] shape = [.. result.Shape];
        int[] first = Places.Broadcast(x.Shape, shape);
        int[] second = Places.Broadcast(y.Shape, shape);
        long[] truths = new long[first.Length];

        for (int i = 0; i < truths.Length; i++)
        {
            bool holds = x.Kind == TensorKind.Real
                ? reals(x.Reals[first[i]], y.Reals[second[i]])
                : whole(x.Integers[first[i]], y.Integers[second[i]]);
            truths[i] = holds ? 1 : 0;
        }

        return TensorValue.OfBooleans(truths, shape);
    }

    /// <summary>The element of the second input where the first holds, or else that of the third.</summary>
    public static TensorValue Where(OperatorCall call)
    {
        TensorValue condition = call.WholeInput(0);
        TensorValue x = call.Input(1);
        TensorValue y = call.Input(2);

        if (x.Kind != y.Kind)
        {
            throw call.Fault($"inputs 1 and 2 must be of the same kind, but are {x} and {y}");
        }

        int[] shape = call.BroadcastShape(condition, x, y);
        int[] conditions = Places.Broadcast(condition.Shape, shape);
        TensorValue first = x.Select(shape, Places.Broadcast(x.Shape, shape));
        TensorValue second = y.Select(shape, Places.Broadcast(y.Shape, shape));
        bool Holds(int i) => condition.Integers[conditions[i]] != 0;

        return x.Kind == TensorKind.Real
            ? TensorValue.OfReals([.. Enumerable.Range(0, first.Count).Select(i => (Holds(i) ? first : second).Reals[i])], shape)
            : TensorValue.OfWhole(x.Kind, [.. Enumerable.Range(0, first.Count).Select(i => (Holds(i) ? first : second).Integers[i])], shape);
    }

    private static TensorValue Of(
        OperatorCall call, TensorValue x, TensorValue y, Func<double, double, double> reals, Func<long, long, long> whole)
    {
        if (x.Kind != y.Kind)
        {
            throw call.Fault($"the inputs must be of the same kind, but are {x} and {y}");
        }

        int[] shape = call.BroadcastShape(x, y);
        int[] first = Places.Broadcast(x.Shape, shape);
        int[] second = Places.Broadcast(y.Shape, shape);

        if (x.Kind == TensorKind.Real)
        {
            double[] values = new double[first.Length];

            for (int i = 0; i < values.Length; i++)
            {
                values[i] = reals(x.Reals[first[i]], y.Reals[second[i]]);
            }

            return TensorValue.OfReals(values, shape);
        }

        long[] integers = new long[first.Length];

        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = whole(x.Integers[first[i]], y.Integers[second[i]]);
        }

        return TensorValue.OfWhole(x.Kind, integers, shape);
    }

    private static void RequireNoWholeZero(OperatorCall call)
    {
        if (call.Input(1) is { Kind: not TensorKind.Real } divisor && divisor.Integers.Contains(0))
        {
            throw call.Fault("a whole number is divided by 0");
        }
    }
}
