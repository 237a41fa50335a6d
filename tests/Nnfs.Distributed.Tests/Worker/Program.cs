// One process of a group: does what its first argument says, and prints a line for the tests to read.

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
        ITrainingGroup group = args[2] == "alone" ? new LocalGroup(int.Parse(args[3])) : MpiGroup.World(int.Parse(args[3]));
        Console.WriteLine($"rank {group.Rank} {Trainings.Run(args[1], new TrainingOptions
        {
            Group = group,
            OwnSamples = args.Contains("own"),
            Epochs = 4,
            BatchSize = 24,
            Optimizer = new Adam(0.01f),
            ClipNorm = 1f,
            ValidationSplit = 0.2f,
            Schedule = LearningRateSchedule.ReduceOnPlateau(0.5, patience: 1),
            EarlyStopping = new() { Patience = 2 },
        }, samples: 211)}");
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
