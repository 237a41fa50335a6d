using Xunit.Sdk;
using Xunit.v3;

// Each test waits for a program that takes a processor: one at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]
