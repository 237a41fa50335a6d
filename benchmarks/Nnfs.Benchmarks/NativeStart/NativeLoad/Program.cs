using Nnfs;

SpiralNet net = args is [string file] ? SpiralNet.Load(file) : new SpiralNet(seed: 0);
Console.WriteLine(net.Classify([0.1f, -0.3f]));
