namespace Nnfs.Tests.Samples;

[Sample]
internal readonly partial record struct Rental(
    [Feature] DateOnly Date, [Feature] DateTime Moment, [Feature] DateTimeOffset Instant, [Feature] TimeOnly Time);
