using System.Text;
using Nnfs.Tool.Commands;

// Names of layers and tensors, and the signs of shapes, are more than ASCII.
Console.OutputEncoding = Encoding.UTF8;

return CommandLine.Run(args, Console.Out, Console.Error);
