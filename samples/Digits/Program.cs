// Trains a convolutional network on pictures of 28 × 28 pixels in ten classes, saves and reloads it, exports it as an ONNX model, and shows what it finds hard.
//
//     dotnet run -c Release --project samples/Digits                     # draws digits itself
//     dotnet run -c Release --project samples/Digits FOLDER              # MNIST or Fashion-MNIST, as four IDX files; or a folder of images for each class
//     dotnet run -c Release --project samples/Digits FOLDER OUTPUT       # the results into that folder; "-" as FOLDER draws

using System.Globalization;
using System.Text;
using Digits;
using Nnfs;
using Spectre.Console;

const int BatchSize = 64;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;
string? folder = args.Length > 0 && args[0] != "-" ? args[0] : null;
string output = Path.GetFullPath(args.Length > 1 ? args[1] : ".");
NumpyRandom random = new(seed: 0);
DigitData data;

try
{
    data = DigitData.Create(folder, random);
}
catch (InvalidDataException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

// Small sets take more epochs, so that there are enough steps. Drawn digits are easier than others.
int batches = (data.Training.Count + BatchSize - 1) / BatchSize;
int epochs = folder is null ? 5 : Math.Max(15, 150 / batches);

DigitNet net = new(random);
AnsiConsole.Write(new Panel(new Text(DigitNet.Summary)).Header(" DigitNet ").RoundedBorder());
Console.WriteLine($"{data.Training.Count} pictures to train on, {data.Test.Count} to test with, {data.Origin}");

net.Train(data.Training, new TrainingOptions
{
    Epochs = epochs,
    BatchSize = BatchSize,
    Threads = Environment.ProcessorCount,
    Optimizer = new Adam(0.002f),
    Schedule = LearningRateSchedule.Cosine().WithWarmUp(20),

    // Every epoch sees each picture shifted and rotated otherwise.
    Augmentation = new ImageAugmentation { ShiftPixels = 2, RotationDegrees = 10 },
    ValidationData = new ValidationData(data.Test),
    ContinueAfterEpoch = static report =>
    {
        Console.WriteLine(
            $"epoch {report.Epoch,2}  loss {report.Loss:0.0000}  test accuracy {report.ValidationAccuracy:0.0000}  {report.Duration.TotalSeconds:0.00} s");

        return true;
    },
});

// What was saved is loaded again, and it is the loaded network that is tested.
Directory.CreateDirectory(output);
string file = Path.Combine(output, "digits.safetensors");
string onnx = Path.Combine(output, "digits.onnx");
string hard = Path.Combine(output, "digits-hard.png");
string filters = Path.Combine(output, "digits-filters.png");
net.Save(file);
net.ExportOnnx(onnx);
DigitNet loaded = DigitNet.Load(file);

Evaluation evaluation = loaded.Evaluate(data.Test);
ConfusionTable.Show(evaluation.ConfusionMatrix, data.NameOf);
HardCases.Save(hard, data, new Predictions(loaded, data.Test));
Filters.Save(filters, loaded);

Console.WriteLine($"Test accuracy  {evaluation.Accuracy:0.0000}");
Console.WriteLine($"Network        {file}");
Console.WriteLine($"ONNX model     {onnx}");
Console.WriteLine($"Hardest cases  {hard}");
Console.WriteLine($"Filters        {filters}");

return 0;
