// Loads the network that samples/Churn saved, and tells how likely one customer is to leave.
//
//     dotnet run -c Release --project samples/Churn.Score churn.safetensors 0.2     # the file, and the threshold that samples/Churn chose
using System.Globalization;
using Churn;
using Nnfs;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args.Length != 2 || !float.TryParse(args[1], out float threshold))
{
    Console.Error.WriteLine("Expected the file of the network that samples/Churn saved, and the probability from which on a customer is called.");
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
float probability = net.Predict(customer);
Console.WriteLine($"leaves with a probability of {probability:0.00}: {(probability >= threshold ? "call" : "no call")}");

return 0;
