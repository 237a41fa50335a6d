// Learns names letter by letter and invents new ones: a small transformer and a recurrent network, side by side.
//
//     dotnet run -c Release --project samples/Names
//     dotnet run -c Release --project samples/Names -- FILE      names from a file, one a line

using System.Globalization;
using System.Text;
using Names;
using Nnfs;

const int Epochs = 36;
const int Invented = 24;
const float Temperature = 0.8f;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;

string file = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "names.txt");

if (!File.Exists(file))
{
    Console.Error.WriteLine($"There is no file '{file}'.");

    return 1;
}

string[] names = [.. File.ReadLines(file).Select(static line => line.Trim().ToLowerInvariant()).Where(Alphabet.Takes).Distinct()];

if (names.Length < 50)
{
    Console.Error.WriteLine($"'{file}' has {names.Length} names of 2 to {Alphabet.Steps - 1} letters from a to z; at least 50 are needed.");

    return 1;
}

// Every tenth name, in an order that has nothing to do with the alphabet, is only measured.
new Random(0).Shuffle(names);
string[] heldOut = [.. names.Where(static (_, i) => i % 10 == 0)];
string[] training = [.. names.Where(static (_, i) => i % 10 != 0)];
HashSet<string> known = [.. names];

Console.WriteLine($"{names.Length} names, {heldOut.Length} of them held out; by chance the loss is {Math.Log(Alphabet.Size):0.000}");
Console.WriteLine();
NameTransformer transformer = new(seed: 1);
Learn("transformer", new Learner<NameTransformer, NameTransformer.Workspace>(transformer, transformer.Predict));
NameGRU recurrent = new(seed: 1);
Learn("GRU", new Learner<NameGRU, NameGRU.Workspace>(recurrent, recurrent.Predict));

return 0;

void Learn<TNetwork, TWorkspace>(string title, Learner<TNetwork, TWorkspace> learner)
    where TNetwork : class, IClassifier<TNetwork, TWorkspace>
    where TWorkspace : class, IWorkspace
{
    learner.Run(title, training, heldOut, Epochs);

    foreach (string[] line in learner.Invent(Invented, Temperature, known, new Random(2)).Chunk(8))
    {
        Console.WriteLine($"  {string.Join(", ", line.Select(static name => char.ToUpperInvariant(name[0]) + name[1..]))}");
    }

    Console.WriteLine();
}
