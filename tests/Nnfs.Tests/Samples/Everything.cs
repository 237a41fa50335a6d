using System.Collections.Immutable;

namespace Nnfs.Tests.Samples;

/// <summary>A sample with a feature of every type.</summary>
[Sample]
internal sealed partial record Everything(
    [Feature] sbyte SByte,
    [Feature] byte Byte,
    [Feature] short Short,
    [Feature] ushort UShort,
    [Feature] int Int,
    [Feature] uint UInt,
    [Feature] long Long,
    [Feature] ulong ULong,
    [Feature] Int128 Int128,
    [Feature] UInt128 UInt128,
    [Feature] Half Half,
    [Feature] float Float,
    [Feature] double Double,
    [Feature] decimal Decimal,
    [Feature] bool Boolean,
    [Feature(Embedding = 2)] Colour Colour,
    [Feature(Parts = DateParts.DayOfWeek | DateParts.Year)] DateOnly Date,
    [Feature(Parts = DateParts.Hour)] DateTime Moment,
    [Feature] DateTimeOffset Instant,
    [Feature(Cyclic = 24)] TimeOnly Time,
    [Feature(2)] float[] Numbers,
    [Feature(2)] ImmutableArray<long> Counts,
    [Feature] double? MaybeDouble,
    [Feature] bool? MaybeBoolean,
    [Feature(Embedding = 3)] Colour? MaybeColour,
    [Feature] DateOnly? MaybeDate,
    [Feature(Cyclic = 7)] DateTime? MaybeMoment,
    [Feature(Cyclic = 360)] float? MaybeAngle,
    [Feature(2)] int[]? MaybeNumbers,
    [Label] bool IsGood);
