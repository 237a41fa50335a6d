namespace Nnfs.Generators.Tests;
