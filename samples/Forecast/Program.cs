// Forecasts the power that a town needs in the next 24 hours from the week before, with causal convolutions, and draws some days.
//
//     dotnet run -c Release --project samples/Forecast [picture.svg [epochs]]

using System.Globalization;
using System.Text;
using Forecast;
using Nnfs;

const int Days = 800;
const int TestDays = 100;
const int DrawnBefore = 72;
const int DrawnDays = 5;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;
string picturePath = Path.GetFullPath(args.Length > 0 ? args[0] : "forecast.svg");
int epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;

float[] demands = Demand.Draw(Days, seed: 1);
int firstTest = (Days - TestDays) * Demand.HoursPerDay;

Console.WriteLine(DemandNet.Summary);
Console.WriteLine();

Forecaster forecaster = new(demands.AsSpan(0, firstTest), epochs, new ProgressLines(Console.Out));

// Each test day is forecast at its midnight. Whoever knows no better takes the day before, or that of the week before.
Errors network = new("network");
Errors dayBefore = new("as the day before");
Errors weekBefore = new("as the week before");
List<float[]> drawn = [];

for (int hour = firstTest; hour < demands.Length; hour += Demand.HoursPerDay)
{
    ReadOnlySpan<float> truth = demands.AsSpan(hour, Demand.HoursPerDay);
    float[] forecast = forecaster.Forecast(demands, hour);
    network.Add(forecast, truth);
    dayBefore.Add(demands.AsSpan(hour - Demand.HoursPerDay, Demand.HoursPerDay), truth);
    weekBefore.Add(demands.AsSpan(hour - Demand.HoursPerWeek, Demand.HoursPerDay), truth);

    if (drawn.Count < DrawnDays)
    {
        drawn.Add(forecast);
    }
}

Console.WriteLine();
Console.WriteLine($"Mean absolute error in MW over {TestDays} days that were not learnt from");
Console.WriteLine();
Console.WriteLine("hours ahead                1      6     12     24    all");

foreach (Errors errors in (Errors[])[network, dayBefore, weekBefore])
{
    Console.WriteLine(
        $"{errors.Name,-20} {errors.Ahead(1),7:0.00}{errors.Ahead(6),7:0.00}{errors.Ahead(12),7:0.00}{errors.Ahead(24),7:0.00}{errors.Mean,7:0.00}");
}

Picture.Save(picturePath, demands, firstTest, DrawnBefore, drawn);

Console.WriteLine();
Console.WriteLine($"Training time  {forecaster.History.Duration.TotalSeconds:0.0} s");
Console.WriteLine($"Picture        {picturePath}");
