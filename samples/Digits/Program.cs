// Trains a network on pictures of 28 × 28 pixels in ten classes, saves and reloads it, exports it as an ONNX model, and shows what it gets wrong.
//
//     dotnet run -c Release --project samples/Digits                     # draws digits itself
//     dotnet run -c Release --project samples/Digits FOLDER              # MNIST or Fashion-MNIST, as four IDX files
//     dotnet run -c Release --project samples/Digits FOLDER OUTPUT       # the results into that folder; "-" as FOLDER draws

using System.Globalization;
using System.Text;
using Digits;
using Nnfs;
using Spectre.Console;

const int Epochs = 10;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;
string? folder = args.Length > 0 && args[0] != "-" ? args[0] : null;
string output = Path.GetFullPath(args.Length > 1 ? args[1] : ".");
NumpyRandom random = new(seed: 0);
Dataset training;
Dataset test;

try
{
    (training, test) = folder is null
        ? DrawnDigits.Create(samplesPerClass: 600, random).Split(testFraction: 1.0 / 6)
        : DigitFiles.Read(folder);
}
catch (InvalidDataException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

DigitNet net = new(random);
AnsiConsole.Write(new Panel(new Text(DigitNet.Summary)).Header(" DigitNet ").RoundedBorder());
Console.WriteLine($"{training.Count} pictures to train on, {test.Count} to test with, {(folder is null ? "drawn" : "read")}");

net.Train(training, new TrainingOptions
{
    Epochs = Epochs,
    BatchSize = 64,
    Optimizer = new Adam { Decay = 1e-4f },
    ValidationData = new ValidationData(test),
    ContinueAfterEpoch = static report =>
    {
        Console.WriteLine(
            $"epoch {report.Epoch,2}  loss {report.Loss:0.0000}  test accuracy {report.ValidationAccuracy:0.000}  {report.Duration.TotalSeconds:0.00} s");

        return true;
    },
});

// What was saved is loaded again, and it is the loaded network that is tested.
Directory.CreateDirectory(output);
string file = Path.Combine(output, "digits.safetensors");
string onnx = Path.Combine(output, "digits.onnx");
string picture = Path.Combine(output, "digits-wrong.png");
net.Save(file);
net.ExportOnnx(onnx);
DigitNet loaded = DigitNet.Load(file);

Evaluation evaluation = loaded.Evaluate(test);
ConfusionTable.Show(evaluation.ConfusionMatrix);
Picture.Save(picture, test, new Predictions(loaded, test));

Console.WriteLine($"Test accuracy  {evaluation.Accuracy:0.000}");
Console.WriteLine($"Network        {file}");
Console.WriteLine($"ONNX model     {onnx}");
Console.WriteLine($"Wrong cases    {picture}");

return 0;
