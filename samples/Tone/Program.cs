// Learns the sound of an overdriven amplifier from its inputs and outputs, and then plays through the network as sound arrives: value by value.
//
//     dotnet run -c Release --project samples/Tone [epochs [dry.wav]]       24,000 values a second; without a file, the sample plays itself

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tone;

const int TrainingSeconds = 16;
const int TestSeconds = 8;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;
int epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 120;

Console.WriteLine(ToneNet.Summary);
Console.WriteLine();

float[] learned = Guitar.Play(TrainingSeconds, seed: 1);
ToneNet network = new(seed: 1);
Stopwatch watch = Stopwatch.StartNew();
Learner.Train(network, learned, Amplify(learned), epochs);
Console.WriteLine($"Training time     {watch.Elapsed.TotalSeconds:0.0} s");

// Sound that was not learnt from, through the amplifier and through the network.
float[] dry = args.Length > 1 ? Sound.Load(args[1]) : Guitar.Play(TestSeconds, seed: 2);
float[] wet = Amplify(dry);
float[] played = new float[dry.Length];
ToneNet.Stream stream = network.CreateStream();
watch.Restart();

for (int i = 0; i < dry.Length; i++)
{
    stream.Step(dry.AsSpan(i, 1), played.AsSpan(i, 1));
}

double seconds = watch.Elapsed.TotalSeconds;
double error = 0;
double signal = 0;

for (int i = 0; i < dry.Length; i++)
{
    error += (played[i] - wet[i]) * (played[i] - wet[i]);
    signal += wet[i] * wet[i];
}

Sound.Save("tone-dry.wav", dry);
Sound.Save("tone-amplifier.wav", wet);
Sound.Save("tone-network.wav", played);

Console.WriteLine($"Error to signal   {100 * error / signal:0.00} % of the energy");
Console.WriteLine($"Real-time factor  {(double)dry.Length / Guitar.Rate / seconds:0} times as fast as the sound, {1e9 * seconds / dry.Length:0} ns a step");
Console.WriteLine("Sound             tone-dry.wav, tone-amplifier.wav, tone-network.wav");

static float[] Amplify(ReadOnlySpan<float> sound)
{
    Amplifier amplifier = new();
    float[] amplified = new float[sound.Length];

    for (int i = 0; i < sound.Length; i++)
    {
        amplified[i] = amplifier.Next(sound[i]);
    }

    return amplified;
}
