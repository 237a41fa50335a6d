using Xunit.Sdk;
using Xunit.v3;

// Sweeps take the processors: one test at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]
