using Xunit.Sdk;
using Xunit.v3;

// Most tests start as many processes as the machine has processors, or more: one test at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]
