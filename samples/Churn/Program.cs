// Reads 20,000 customers of a phone company from a CSV file, trains a network to tell who leaves, and saves it for samples/Churn.Score.
//
//     dotnet run -c Release --project samples/Churn
using System.Globalization;
using Churn;
using Nnfs;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "churn")).FullName;
(IReadOnlyList<Customer> drawn, IReadOnlyList<Customer> later) = ((IReadOnlyList<Customer>)DrawnCustomers.Draw(20_000, new NumpyRandom(1))).Split(0.25);
Customer.WriteCsv(Path.Combine(folder, "training.csv"), drawn);
Customer.WriteCsv(Path.Combine(folder, "test.csv"), later);

(IReadOnlyList<Customer> training, IReadOnlyList<Customer> validation) = Customer.ReadCsv(Path.Combine(folder, "training.csv")).Split(0.2);
IReadOnlyList<Customer> test = Customer.ReadCsv(Path.Combine(folder, "test.csv"));

ChurnNet net = new(seed: 1);
TrainingHistory history = net.Train(training, new TrainingOptions
{
    Epochs = 40,
    BatchSize = 128,
    Optimizer = new Adam(learningRate: 0.002f),
    ValidationData = ValidationData.Of(validation),
    EarlyStopping = new EarlyStopping { Patience = 6, RestoreBest = true },
});

Evaluation evaluation = net.Evaluate(test);
ThresholdScore chosen = net.Evaluate(validation).BestThreshold(ThresholdGoal.F1);
ThresholdScore found = evaluation.AtThreshold(chosen.Threshold);
Console.WriteLine(evaluation);
Console.WriteLine($"ROC AUC {evaluation.RocAuc:0.000}, average precision {evaluation.AveragePrecision:0.000}, log loss {evaluation.LogLoss:0.0000}");
Console.WriteLine($"Called from a probability of {found.Threshold:0.00} on: {found.Precision:P0} of them leave; they are {found.Recall:P0} of all who do");

net.Save(Path.Combine(folder, "churn.safetensors"));
net.ExportOnnx(Path.Combine(folder, "churn.onnx"), new OnnxOptions { IncludesScaling = true });
Pictures.Save(folder, history, found);
Console.WriteLine($"The network, the tables and the pictures are in {folder}");
