// One process of a group: does what its first argument says, and prints a line for the tests to read.

using System.Text;
using Nnfs;
using Nnfs.Distributed.Worker;

switch (args[0])
{
    case "sum":
        Console.WriteLine(Sums.Run(int.Parse(args[1]), int.Parse(args[2])));
        break;

    case "broadcast":
        byte[] bytes = [(byte)(MpiGroup.World().Rank + 7), (byte)(MpiGroup.World().Rank + 8)];
        MpiGroup.World().Broadcast(bytes);
        Console.WriteLine($"rank {MpiGroup.World().Rank}: {bytes[0]} {bytes[1]}");
        break;

    case "world":
        Console.WriteLine($"rank {MpiGroup.World().Rank} of {MpiGroup.World().Size}, {MpiGroup.World().LibraryVersion.Split(',')[0]}");
        break;

    case "train":
        Print(Group(args[1], args[2]), new Scenarios(Group(args[1], args[2]), args.Contains("own")).Run());
        break;

    case "drawn":
        Print(Group(args[1], args[2]), new DrawnNetworks(Group(args[1], args[2])).Run(args[3]));
        break;

    case "refusals":
        Print(MpiGroup.World(), new Refusals(MpiGroup.World(), args[1]).Run());
        break;

    case "shards":
        MpiGroup.World(MpiGroup.World().Size * 4);
        Console.WriteLine($"rank {MpiGroup.World().Rank} shards {MpiGroup.World().Shards}, {MpiGroup.World(MpiGroup.World().Size).Shards}");
        break;

    case "caught":
        Print(MpiGroup.World(), [new Faults(MpiGroup.World()).Caught()]);
        break;

    case "apart":
        Print(MpiGroup.World(), [new Faults(MpiGroup.World()).Apart()]);
        break;

    case "interrupted":
        Print(MpiGroup.World(), [new Faults(MpiGroup.World()).Interrupted()]);
        break;

    case "cancelled":
        Print(MpiGroup.World(), new Faults(MpiGroup.World()).Cancelled());
        break;

    case "statistics":
        Print(new LocalGroup(), [WholeBatch.Compare()]);
        break;

    case "calls":
        Print(MpiGroup.World(), [Calls.Run(MpiGroup.World(), args[1])]);
        break;

    case "killed":
        Console.WriteLine($"rank {Group(args[1], args[2]).Rank} pid {Environment.ProcessId}");
        Print(Group(args[1], args[2]), [new KilledTraining(Group(args[1], args[2]), args[3]).Run(int.Parse(args[4]), int.Parse(args[5]), int.Parse(args[6]))]);
        break;

    case "throw" when MpiGroup.World().Rank == int.Parse(args[1]):
        throw new InvalidOperationException("This process fails on purpose.");

    case "exit" when MpiGroup.World().Rank == int.Parse(args[1]):
        return 7;

    case "throw" or "exit":
        MpiGroup.World().Sum(new float[1]);
        Console.WriteLine("The other processes have not ended this one.");
        break;

    default:
        Console.Error.WriteLine($"Unknown: {args[0]}");
        return 64;
}

return 0;

static ITrainingGroup Group(string kind, string shards) => kind == "alone" ? new LocalGroup(int.Parse(shards)) : MpiGroup.World(int.Parse(shards));

static void Print(ITrainingGroup group, IEnumerable<string> lines)
{
    using Stream output = Console.OpenStandardOutput();

    // The console writes a long line in parts, between which another process may write: here, each line is whole.
    foreach (string line in lines)
    {
        output.Write(Encoding.UTF8.GetBytes($"rank {group.Rank} {line}\n"));
    }
}
