namespace Tone;

/// <summary>The device that the network learns to sound like: an overdriven stage whose bias sags while it is loud, between two filters.</summary>
internal sealed class Amplifier
{
    /// <summary>How much of the last value each filter keeps, at 24,000 values a second: they are at 160 Hz, 4.5 kHz and 8 Hz.</summary>
    private const double HighPass = 0.959;
    private const double LowPass = 0.308;
    private const double Sagging = 0.998;

    private const double Gain = 7;

    private double _input;
    private double _withoutBass;
    private double _sag;
    private double _output;

    /// <summary>The next value of sound.</summary>
    public float Next(float input)
    {
        _withoutBass = HighPass * (_withoutBass + input - _input);
        _input = input;

        double driven = Gain * _withoutBass;
        _sag = (Sagging * _sag) + ((1 - Sagging) * Math.Abs(driven));

        // The lower half wave is cut earlier than the upper one, the more so the longer it has been loud.
        double clipped = Math.Tanh(driven - (0.4 * _sag)) + Math.Tanh(0.4 * _sag);
        _output = (LowPass * _output) + ((1 - LowPass) * clipped);

        return (float)(0.6 * _output);
    }
}
