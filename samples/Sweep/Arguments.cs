using System.Globalization;
using System.Net;
using Nnfs.Sweeps;

namespace SpiralSweep;

/// <summary>What the command line says.</summary>
internal sealed class Arguments
{
    /// <summary>What there is, for whoever mistypes.</summary>
    private const string Usage = """
        dotnet run -c Release --project samples/Sweep -- [options]       finds good options for the spiral
        dotnet run -c Release --project samples/Sweep -- silo [options]  trains for it, in another process or on another machine

          --search NAME     halving (81 trials, the default), random (30) or grid; or seeds (32), which trains one network with other seeds
          --trials N        the number of trials, but for a grid
          --epochs N        the epochs of a trial that goes on to the end: 810 unless given
          --seed N          what everything is drawn from
          --cores N         how many trials this process trains at once
          --folder PATH     keeps results and checkpoints, and goes on from them
          --output PATH     where sweep.csv and sweep.svg go: the current folder unless given
          --redis HOST      trains on the silos of a cluster whose table is in Redis, all on this machine
        """;

    private Arguments()
    {
    }

    /// <summary>Whether this process trains for a sweep of another.</summary>
    public bool IsSilo { get; private set; }

    /// <summary>The cluster, if there is one.</summary>
    public SweepCluster? Cluster { get; private set; }

    /// <summary>How many trials this process trains at once.</summary>
    public int Cores { get; private set; } = Environment.ProcessorCount;

    /// <summary>Which trials there are.</summary>
    public Search Search { get; private set; } = null!;

    /// <summary>What is trained.</summary>
    public Objective Objective { get; private set; } = new SpiralObjective();

    /// <summary>The epochs of a trial that goes on to the end.</summary>
    public int Epochs { get; private set; } = 810;

    /// <summary>What everything is drawn from.</summary>
    public int Seed { get; private set; }

    /// <summary>Where results and checkpoints are kept, if they are.</summary>
    public string? Folder { get; private set; }

    /// <summary>Where the table and the picture go.</summary>
    public string Output { get; private set; } = ".";

    /// <summary>Reads the command line, or returns null and says what is wrong with it.</summary>
    public static Arguments? Read(string[] args)
    {
        Arguments read = new();
        string search = "halving";
        int? trials = null;

        try
        {
            for (int i = 0; i < args.Length; i++)
            {
                string name = args[i];

                if (name == "silo")
                {
                    read.IsSilo = true;

                    continue;
                }

                string value = i + 1 < args.Length ? args[++i] : throw new FormatException($"'{name}' needs a value.");

                switch (name)
                {
                    case "--search":
                        search = value;
                        break;
                    case "--trials":
                        trials = Number(name, value);
                        break;
                    case "--epochs":
                        read.Epochs = Number(name, value);
                        break;
                    case "--seed":
                        read.Seed = Number(name, value);
                        break;
                    case "--cores":
                        read.Cores = Number(name, value);
                        break;
                    case "--folder":
                        read.Folder = value;
                        break;
                    case "--output":
                        read.Output = value;
                        break;
                    case "--redis":
                        read.Cluster = SweepCluster.Redis(value) with { Address = IPAddress.Loopback };
                        break;
                    default:
                        throw new FormatException($"'{name}' is not an option.");
                }
            }

            read.Search = search switch
            {
                "halving" => new SuccessiveHalving(trials ?? 81, firstEpochs: Math.Max(1, read.Epochs / 81)),
                "random" => new RandomSearch(trials ?? 30),
                "grid" => new GridSearch(steps: 4),
                "seeds" => new RandomSearch(trials ?? 32),
                _ => throw new FormatException($"'{search}' is not a search: halving, random, grid and seeds are."),
            };

            if (search == "seeds")
            {
                read.Objective = new SeedObjective();
            }

            return read.IsSilo && read.Cluster is null ? throw new FormatException("A silo needs a cluster: --redis HOST.") : read;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            Console.Error.WriteLine(exception.Message);
            Console.Error.WriteLine();
            Console.Error.WriteLine(Usage);

            return null;
        }
    }

    private static int Number(string name, string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"'{name}' must be a whole number, but is '{value}'.");
}
