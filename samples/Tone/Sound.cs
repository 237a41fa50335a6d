using NAudio.Wave;

namespace Tone;

/// <summary>Sound in WAV files, as one channel.</summary>
internal static class Sound
{
    /// <summary>Reads a file; of several channels it takes the mean.</summary>
    /// <exception cref="InvalidDataException">It has another rate than <see cref="Guitar.Rate"/>.</exception>
    public static float[] Load(string path)
    {
        using WaveFileReader reader = new(path);

        if (reader.WaveFormat.SampleRate != Guitar.Rate)
        {
            throw new InvalidDataException($"'{path}' has {reader.WaveFormat.SampleRate} values a second; expected {Guitar.Rate}.");
        }

        ISampleProvider values = reader.ToSampleProvider();
        float[] frame = new float[reader.WaveFormat.Channels];
        List<float> sound = [];

        while (values.Read(frame) == frame.Length)
        {
            sound.Add(frame.Average());
        }

        return [.. sound];
    }

    /// <summary>Writes a file of 16 bits; what is louder than 1 is cut.</summary>
    public static void Save(string path, ReadOnlySpan<float> sound)
    {
        using WaveFileWriter writer = new(path, new WaveFormat(Guitar.Rate, bits: 16, channels: 1));

        foreach (float value in sound)
        {
            writer.WriteSample(Math.Clamp(value, -1, 1));
        }
    }
}
