// Finds good options for a network that learns the spiral, on all processors of this machine, or on silos in other processes.
//
//     dotnet run -c Release --project samples/Sweep [-- options]

using System.Globalization;
using System.Text;
using Nnfs.Sweeps;
using SpiralSweep;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;

if (Arguments.Read(args) is not { } arguments)
{
    return 2;
}

if (arguments.IsSilo)
{
    await SweepSilo.RunAsync(arguments.Cluster!, [new SpiralObjective(), new SeedObjective()], arguments.Cores);

    return 0;
}

// Ctrl+C ends the sweep with what there is; with a folder, the same command goes on from there.
using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

SweepResult result = await Sweep.RunAsync(
    arguments.Objective,
    new SweepOptions
    {
        Search = arguments.Search,
        Epochs = arguments.Epochs,
        Seed = arguments.Seed,
        Cores = arguments.Cores,
        Folder = arguments.Folder,
        Cluster = arguments.Cluster,
        Progress = SweepLines.ToConsole(),
    },
    stop.Token);

Directory.CreateDirectory(arguments.Output);
string table = Path.GetFullPath(Path.Combine(arguments.Output, "sweep.csv"));
string picture = Path.GetFullPath(Path.Combine(arguments.Output, "sweep.svg"));
await File.WriteAllTextAsync(table, result.ToCsv());
await File.WriteAllTextAsync(picture, result.ToSvg());

Console.WriteLine();
Console.WriteLine(result.ToTable(rows: 10));

if (result.Best is { } best)
{
    string values = string.Join(", ", best.Values.Select(static value => $"{value.Key} {value.Value}"));
    Console.WriteLine($"Best      {result.Objective.FigureName} {best.Figure:0.0000} of trial {best.Number}: {values}");
}

Console.WriteLine($"Time      {result.Duration.TotalSeconds:0.0} s{(result.IsComplete ? "" : ", not complete")}");
Console.WriteLine($"Table     {table}");
Console.WriteLine($"Picture   {picture}");

return result.IsComplete ? 0 : 1;
