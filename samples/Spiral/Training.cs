using Nnfs;

namespace Spiral;

/// <summary>Gradient descent on full batches: every epoch is one step on all samples at once.</summary>
internal static class Training
{
    /// <summary>Trains the network, and yields how it stands every few epochs while it does.</summary>
    /// <param name="net">The network. It ends with the best parameters that were measured.</param>
    /// <param name="training">The samples that it learns from.</param>
    /// <param name="test">Samples that it doesn't learn from.</param>
    /// <param name="epochs">The number of steps. What follows the last is measured, too.</param>
    /// <param name="every">The number of epochs between measurements.</param>
    public static IEnumerable<Measurement> Run(SpiralNet net, Dataset training, Dataset test, int epochs, int every)
    {
        // A workspace holds the activations and gradients of one batch. Made once, it serves every epoch: no pass allocates anything.
        SpiralNet.Workspace pass = net.CreateWorkspace(training.Count);
        SpiralNet.Workspace testPass = net.CreateWorkspace(test.Count);
        Adam adam = new(learningRate: 0.05f) { Decay = 5e-7f };

        float[] best = new float[net.Parameters.Length];
        float lowestLoss = float.PositiveInfinity;

        for (int epoch = 0; ; epoch++)
        {
            float loss = net.Forward(training.Features, training.Labels, pass);

            if (epoch % every == 0)
            {
                // Once the gradients are tiny, Adam overshoots now and then and takes a while to return. The last epoch may fall
                // into such a spike, so the best parameters are kept. They are one block: a copy saves the whole network.
                if (loss < lowestLoss)
                {
                    lowestLoss = loss;
                    net.Parameters.CopyTo(best);
                }

                float testLoss = net.Forward(test.Features, test.Labels, testPass);
                yield return new Measurement(epoch, loss, net.Accuracy(training), testLoss, adam.CurrentLearningRate);
            }

            if (epoch == epochs)
            {
                break;
            }

            net.Backward(training.Features, training.Labels, pass);
            adam.Step(net.Parameters, pass.Gradients);
        }

        best.CopyTo(net.Parameters);
    }
}
