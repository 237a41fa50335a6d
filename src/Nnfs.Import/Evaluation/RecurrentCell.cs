namespace Nnfs.Import.Evaluation;

/// <summary>The weights of one direction of a recurrent node, and what it reads in a step.</summary>
internal sealed class RecurrentCell
{
    private readonly double[] _inputWeights;
    private readonly double[] _recurrentWeights;
    private readonly double[] _biases;
    private readonly Func<double, double>[] _activations;
    private readonly int _gates;
    private readonly int _units;
    private double[] _x = [];
    private double[] _h = [];

    /// <summary>The cell of a direction, whose inputs have been checked.</summary>
    public RecurrentCell(OperatorCall call, int direction, int gates, int units, int features, string[] activations)
    {
        _gates = gates;
        _units = units;
        _inputWeights = call.RealInput(1).Reals.Slice(direction * gates * units * features, gates * units * features).ToArray();
        _recurrentWeights = call.RealInput(2).Reals.Slice(direction * gates * units * units, gates * units * units).ToArray();
        _biases = call.Optional(3) is { } biases
            ? biases.Reals.Slice(direction * 2 * gates * units, 2 * gates * units).ToArray()
            : new double[2 * gates * units];
        _activations = Array.ConvertAll(activations, name => Find(call, name));
    }

    /// <summary>Takes the input and the state of a step.</summary>
    public void Read(ReadOnlySpan<double> x, double[] h)
    {
        _x = x.ToArray();
        _h = [.. h];
    }

    /// <summary>An activation of a number.</summary>
    public double Activate(int function, double x) => _activations[function](x);

    /// <summary>All that goes into a unit of a gate: from the input and from the state, with both biases.</summary>
    public double Sum(int gate, int unit) => Input(gate, unit) + Recurrent(gate, unit, _h) + RecurrentBias(gate, unit);

    /// <summary>What goes into a unit of a gate from the input, with its bias.</summary>
    public double Input(int gate, int unit) => Product(_inputWeights, gate, unit, _x) + _biases[(gate * _units) + unit];

    /// <summary>What goes into a unit of a gate from the state, without its bias.</summary>
    public double Recurrent(int gate, int unit, double[] h) => Product(_recurrentWeights, gate, unit, h);

    /// <summary>The bias of what comes from the state.</summary>
    public double RecurrentBias(int gate, int unit) => _biases[((_gates + gate) * _units) + unit];

    private double Product(double[] weights, int gate, int unit, double[] values)
    {
        double sum = 0;

        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[(((gate * _units) + unit) * values.Length) + i] * values[i];
        }

        return sum;
    }

    private static Func<double, double> Find(OperatorCall call, string name) => name.ToLowerInvariant() switch
    {
        "sigmoid" => Functions.Sigmoid,
        "tanh" => Math.Tanh,
        "relu" => static x => Math.Max(0, x),
        _ => throw call.Fault($"the activation '{name}' is not known"),
    };
}
