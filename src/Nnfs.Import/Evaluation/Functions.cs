namespace Nnfs.Import.Evaluation;

/// <summary>Operators that compute each element from one.</summary>
internal static class Functions
{
    /// <summary>A function of each real number.</summary>
    public static TensorValue Of(OperatorCall call, Func<double, double> function)
    {
        TensorValue x = call.RealInput(0);

        return TensorValue.OfReals(Array.ConvertAll(x.ToReals(), value => function(value)), call.Shape(x.Shape));
    }

    /// <summary>|x|.</summary>
    public static TensorValue Abs(OperatorCall call) => OfEither(call, Math.Abs, Math.Abs);

    /// <summary>−x.</summary>
    public static TensorValue Neg(OperatorCall call) => OfEither(call, static x => -x, static x => -x);

    /// <summary>max(0, x).</summary>
    public static TensorValue Relu(OperatorCall call) => OfEither(call, static x => double.IsNaN(x) || x > 0 ? x : 0, static x => Math.Max(0, x));

    /// <summary>The other truth value.</summary>
    public static TensorValue Not(OperatorCall call)
    {
        TensorValue x = call.WholeInput(0);

        return TensorValue.OfBooleans(Array.ConvertAll(x.Integers.ToArray(), static value => value == 0 ? 1L : 0L), call.Shape(x.Shape));
    }

    /// <summary>The nearest number between two limits, which operator sets before 11 have as attributes.</summary>
    public static TensorValue Clip(OperatorCall call)
    {
        double least = call.Optional(1) is null ? call.Real("min", double.NegativeInfinity) : call.Number(1);
        double most = call.Optional(2) is null ? call.Real("max", double.PositiveInfinity) : call.Number(2);

        return OfEither(
            call,
            x => Math.Min(Math.Max(x, least), most),
            x => x < least ? (long)least : x > most ? (long)most : x);
    }

    /// <summary>x, or below 0 α·(eˣ − 1).</summary>
    public static TensorValue Elu(OperatorCall call)
    {
        double alpha = call.Real("alpha", 1);

        return Of(call, x => x < 0 ? alpha * (Math.Exp(x) - 1) : x);
    }

    /// <summary>γ·x, or below 0 γ·α·(eˣ − 1).</summary>
    public static TensorValue Selu(OperatorCall call)
    {
        double alpha = call.Real("alpha", 1.67326319217681884765625);
        double gamma = call.Real("gamma", 1.05070102214813232421875);

        return Of(call, x => gamma * (x < 0 ? alpha * (Math.Exp(x) - 1) : x));
    }

    /// <summary>x, or below 0 α·x.</summary>
    public static TensorValue LeakyRelu(OperatorCall call)
    {
        double alpha = call.Real("alpha", 0.01f);

        return Of(call, x => x < 0 ? alpha * x : x);
    }

    /// <summary>α·x + β, between 0 and 1.</summary>
    public static TensorValue HardSigmoid(OperatorCall call)
    {
        double alpha = call.Real("alpha", 0.2f);
        double beta = call.Real("beta", 0.5);

        return Of(call, x => Math.Min(Math.Max((alpha * x) + beta, 0), 1));
    }

    /// <summary>x·Φ(x), by the error function or by tanh.</summary>
    public static TensorValue Gelu(OperatorCall call) => call.Text("approximate", "none") switch
    {
        "none" => Of(call, static x => 0.5 * x * (1 + ErrorFunction.Of(x / Math.Sqrt(2)))),
        "tanh" => Of(call, static x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))),
        string other => throw call.Fault($"the approximation '{other}' is not known"),
    };

    /// <summary>x·min(max(x / 6 + ½, 0), 1).</summary>
    public static double HardSwish(double x) => x * Math.Min(Math.Max((x / 6) + 0.5, 0), 1);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>log(1 + eˣ), which is x where eˣ is too large.</summary>
    public static double Softplus(double x) => x > 30 ? x + Math.Exp(-x) : Math.Log(1 + Math.Exp(x));

    private static TensorValue OfEither(OperatorCall call, Func<double, double> reals, Func<long, long> whole)
    {
        TensorValue x = call.Input(0);

        return x.Kind == TensorKind.Real
            ? Of(call, reals)
            : TensorValue.OfWhole(x.Kind, Array.ConvertAll(x.Integers.ToArray(), value => whole(value)), call.Shape(x.Shape));
    }
}
