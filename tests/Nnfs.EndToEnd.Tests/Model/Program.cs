using System.Globalization;
using Garden;

// The class and its weights come from the model; there is no file at run time.
float[] outputs = new float[FlowerNet.OutputSize];
FlowerNet.CreatePretrained().Predict([-1.08543980f, 1.65754414f, -0.97621632f, -0.51161575f], outputs);

Console.WriteLine(string.Join(' ', outputs.Select(static value => value.ToString("F5", CultureInfo.InvariantCulture))));
