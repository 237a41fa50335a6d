using System.Text;
using Nnfs.Benchmarks;

Console.OutputEncoding = Encoding.UTF8;
QuickRun.Run(Console.Out);
