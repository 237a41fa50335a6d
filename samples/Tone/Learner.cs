using Nnfs;

namespace Tone;

/// <summary>Trains a network to make of dry sound what the amplifier makes of it.</summary>
internal static class Learner
{
    /// <summary>The parts of the sound that are learnt from side by side.</summary>
    private const int Parts = 32;

    /// <summary>Goes through the sound so many times, and says every tenth time how far off the network is.</summary>
    public static void Train(ToneNet network, ReadOnlySpan<float> dry, ReadOnlySpan<float> wet, int epochs)
    {
        int steps = ToneNet.InputSize;
        int partLength = dry.Length / Parts / steps * steps;
        float[] inputs = new float[Parts * steps];
        float[] targets = new float[Parts * steps];
        ToneNet.Workspace pass = network.CreateWorkspace(Parts);
        Adam optimizer = new(learningRate: 4e-3f);

        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            double loss = 0;

            // Each part begins in silence, and each piece of it where the one before has left off.
            pass.ResetState();
            optimizer.LearningRate = (float)(4e-3 * 0.5 * (1 + Math.Cos(Math.PI * (epoch - 1) / epochs)));

            for (int start = 0; start < partLength; start += steps)
            {
                for (int part = 0; part < Parts; part++)
                {
                    dry.Slice((part * partLength) + start, steps).CopyTo(inputs.AsSpan(part * steps));
                    wet.Slice((part * partLength) + start, steps).CopyTo(targets.AsSpan(part * steps));
                }

                loss += network.ForwardBackward(inputs, targets, pass);
                optimizer.Step(network, pass);
            }

            if (epoch % 10 == 0 || epoch == epochs)
            {
                Console.WriteLine($"epoch {epoch,4}  mean squared error {loss * steps / partLength:0.00000}");
            }
        }
    }
}
