// Backpropagation as the reference notebook teaches it, from one neuron to a network: each step first by hand, then by a
// generated class (Networks.cs), with the same numbers.
//
//     dotnet run -c Release --project samples/Notebook

using System.Globalization;
using System.Text;
using Notebook;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;

Page.Title("Backpropagation, by hand and generated");
OneNeuron.Show();
BatchLayer.Show();
Losses.Show();
FirstPass.Show();

if (Page.Disagreements > 0)
{
    Console.Error.WriteLine($"By hand and generated disagree: {Page.Disagreements} of the comparisons above say DIFFERENT.");
    return 1;
}

return 0;
