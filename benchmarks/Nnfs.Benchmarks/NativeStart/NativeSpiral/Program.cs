Console.WriteLine(new SpiralNet(seed: 0).Classify([0.1f, -0.3f]));
