namespace Nnfs.Samples;

/// <summary>What is measured of one value over all samples, in two passes.</summary>
/// <param name="value">The value.</param>
/// <param name="isNullable">Whether it may be missing.</param>
internal sealed class ValueMeasurement(FeatureValue value, bool isNullable)
{
    private int _count;
    private double _sum;
    private double _squares;
    private double _least = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;

    /// <summary>How it is scaled. One that is the same in all samples, or always missing, becomes 0.</summary>
    public ValueScaling Scaling
    {
        get
        {
            (double center, double scale) = value.Scaling switch
            {
                FeatureScaling.None => (0, 1),
                _ when _count == 0 => (0, 1),
                _ when _least == _greatest => (_least, 1),
                FeatureScaling.MinMax => (_least, _greatest - _least),
                _ => (Mean, Math.Sqrt(_squares / _count)),
            };

            // A difference of very small numbers has no deviation that could be divided by.
            scale = scale > 0 ? scale : 1;

            return new ValueScaling(value.Scaling, center, scale, !isNullable ? double.NaN : _count == 0 ? 0 : (Mean - center) / scale);
        }
    }

    private double Mean => _least == _greatest ? _least : _sum / _count;

    /// <summary>Takes the value of a sample.</summary>
    /// <param name="x">The value, not scaled.</param>
    /// <param name="isSecond">Whether this is the second pass over the samples.</param>
    public void Add(double x, bool isSecond)
    {
        if (double.IsNaN(x))
        {
            return;
        }

        x = value.Scaling == FeatureScaling.Log ? SampleMeasurement.Logarithm(x) : x;

        if (isSecond)
        {
            _squares += (x - Mean) * (x - Mean);
        }
        else
        {
            _count++;
            _sum += x;
            _least = Math.Min(_least, x);
            _greatest = Math.Max(_greatest, x);
        }
    }
}
