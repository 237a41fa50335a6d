using Nnfs.Import.Onnx;

namespace Nnfs.Import.Evaluation;

/// <summary>Operators that make numbers, or other kinds of numbers.</summary>
internal static class Constants
{
    /// <summary>The tensor that the node holds, in one of the forms that it may have.</summary>
    public static TensorValue Constant(OperatorCall call)
    {
        if (call.Tensor("value") is { } tensor)
        {
            return tensor;
        }

        return call.Has("value_float") ? TensorValue.OfReals([call.Real("value_float", 0)])
            : call.Has("value_int") ? TensorValue.OfIntegers([call.Integer("value_int", 0)])
            : call.Reals("value_floats") is { } reals ? TensorValue.OfReals(reals, reals.Length)
            : call.Integers("value_ints") is { } integers ? TensorValue.OfIntegers(integers, integers.Length)
            : throw call.Fault("it holds neither a tensor nor numbers");
    }

    /// <summary>One number, repeated to a shape.</summary>
    public static TensorValue ConstantOfShape(OperatorCall call)
    {
        int[] shape = call.Shape(call.WholeInput(0).Integers);
        TensorValue value = call.Tensor("value") ?? TensorValue.OfReals([0.0]);

        return value.Count == 1 ? value.Select(shape, new int[Places.Count(shape)]) : throw call.Fault($"its value must be one number, but is {value}");
    }

    /// <summary>Numbers from a start to before a limit, in steps.</summary>
    public static TensorValue Range(OperatorCall call)
    {
        (double start, double limit, double delta) = (call.Number(0), call.Number(1), call.Number(2));

        if (delta == 0 || double.IsNaN(start + limit + delta))
        {
            throw call.Fault($"there is no range from {start} to {limit} in steps of {delta}");
        }

        int[] shape = call.Shape((long)Math.Clamp(Math.Ceiling((limit - start) / delta), 0, int.MaxValue));

        return call.Input(0).Kind == TensorKind.Real
            ? TensorValue.OfReals([.. Enumerable.Range(0, shape[0]).Select(i => start + (i * delta))], shape)
            : TensorValue.OfIntegers([.. Enumerable.Range(0, shape[0]).Select(i => (long)start + (i * (long)delta))], shape);
    }

    /// <summary>The same numbers as values of another type: rounded, or without their fraction.</summary>
    public static TensorValue Cast(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        int[] shape = call.Shape(x.Shape);

        return (OnnxElementType)call.Integer("to", 0) switch
        {
            OnnxElementType.Float64 => TensorValue.OfReals([.. x.ToReals()], shape),
            OnnxElementType.Float32 => TensorValue.OfReals(Array.ConvertAll(x.ToReals(), static value => (double)(float)value), shape),
            OnnxElementType.Float16 => TensorValue.OfReals(Array.ConvertAll(x.ToReals(), static value => (double)(Half)value), shape),
            OnnxElementType.Boolean => TensorValue.OfBooleans(Array.ConvertAll(x.ToReals(), static value => value != 0 ? 1L : 0L), shape),
            OnnxElementType.Int8 => Whole(x, shape, static value => (sbyte)value),
            OnnxElementType.UInt8 => Whole(x, shape, static value => (byte)value),
            OnnxElementType.Int16 => Whole(x, shape, static value => (short)value),
            OnnxElementType.UInt16 => Whole(x, shape, static value => (ushort)value),
            OnnxElementType.Int32 => Whole(x, shape, static value => (int)value),
            OnnxElementType.UInt32 => Whole(x, shape, static value => (uint)value),
            OnnxElementType.Int64 => Whole(x, shape, static value => value),
            OnnxElementType other => throw call.Fault($"the type {OnnxElementTypes.NameOf(other)} is not known"),
        };
    }

    private static TensorValue Whole(TensorValue x, int[] shape, Func<long, long> wrap) => TensorValue.OfIntegers(
        x.Kind == TensorKind.Real
            ? Array.ConvertAll(x.ToReals(), value => wrap((long)value))
            : Array.ConvertAll(x.Integers.ToArray(), value => wrap(value)),
        shape);
}
