// Loads the network that samples/Churn saved, and tells of one customer how probably he leaves.
//
//     dotnet run -c Release --project samples/Churn.Score churn.safetensors
using System.Globalization;
using Churn;
using Nnfs;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args.Length != 1)
{
    Console.Error.WriteLine("Expected the file of the network that samples/Churn saved.");
    return 1;
}

ChurnNet net = ChurnNet.Load(args[0]);
Customer customer = new(
    Age: 23,
    Income: null,
    Tariff.Prepaid,
    Region.East,
    IsOnline: false,
    Months: 3,
    Complaints: 4,
    Megabytes: 120,
    UsualHour: 1.5f,
    Leaves: null);

Console.WriteLine(customer);
Console.WriteLine($"leaves with a probability of {net.Predict(customer):0.00}: {(net.Classify(customer) ? "call him" : "let him be")}");

return 0;
