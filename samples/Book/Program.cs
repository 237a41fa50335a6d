// Trains the networks of the book's later chapters for as long as the book does. docs/book.md has what NumPy reaches beside.
//
//     dotnet run -c Release --project samples/Book [epochs]

using System.Globalization;
using Book;
using Nnfs;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_001;

Console.WriteLine("                        loss   L2 part  accuracy  test loss  accuracy   time");
Write("binary spiral", Result.BinarySpiral(epochs));
Write("sine", Result.Sine(epochs));
Write("spiral with L2", Result.SpiralWithL2(epochs));
Write("spiral with dropout", Result.SpiralWithDropout(epochs));

static void Write(string name, Result result)
{
    EpochReport last = result.History.Epochs[^1];
    string test = result.Test is { } figures ? $"{figures.Loss,9:0.0000}  {figures.Accuracy,8:0.000}" : new string(' ', 19);
    Console.WriteLine(
        $"{name,-19}  {last.Loss,7:0.0000000}  {last.RegularizationLoss,8:0.0000}  {last.Accuracy,8:0.000}  {test}  " +
        $"{result.History.Duration.TotalSeconds,3:0} s");
}
