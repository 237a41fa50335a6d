namespace Tone;

/// <summary>Sound of plucked strings (Karplus and Strong 1983, "Digital Synthesis of Plucked-String and Drum Timbres").</summary>
internal static class Guitar
{
    /// <summary>The values of a second of sound.</summary>
    public const int Rate = 24_000;

    /// <summary>How much of a string's swing is left after each turn.</summary>
    private const float Decay = 0.996f;

    /// <summary>The open strings in Hz, from the lowest.</summary>
    private static readonly double[] s_strings = [82.41, 110, 146.83, 196, 246.94, 329.63];

    /// <summary>Plays chords and single notes at random, twice a second.</summary>
    /// <param name="seconds">The length.</param>
    /// <param name="seed">What the notes are drawn from.</param>
    public static float[] Play(int seconds, int seed)
    {
        Random random = new(seed);
        float[] sound = new float[seconds * Rate];

        for (int start = 0; start < sound.Length; start += Rate / 2)
        {
            int notes = random.Next(3) == 0 ? 3 : 1;

            for (int note = 0; note < notes; note++)
            {
                double frequency = s_strings[random.Next(s_strings.Length)] * Math.Pow(2, random.Next(13) / 12.0);
                Pluck(sound.AsSpan(start), frequency, loudness: 0.15f + (0.35f * random.NextSingle()), random);
            }
        }

        return sound;
    }

    /// <summary>Adds a note of two seconds at most.</summary>
    private static void Pluck(Span<float> sound, double frequency, float loudness, Random random)
    {
        float[] swing = new float[(int)Math.Round(Rate / frequency)];

        for (int i = 0; i < swing.Length; i++)
        {
            swing[i] = loudness * ((2 * random.NextSingle()) - 1);
        }

        int length = Math.Min(sound.Length, 2 * Rate);

        for (int i = 0; i < length; i++)
        {
            int place = i % swing.Length;
            int next = (place + 1) % swing.Length;
            sound[i] += swing[place];
            swing[place] = Decay * 0.5f * (swing[place] + swing[next]);
        }
    }
}
