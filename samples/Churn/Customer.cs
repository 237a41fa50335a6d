using Nnfs;

namespace Churn;

/// <summary>A customer of a phone company, who leaves it in the next month or stays.</summary>
/// <param name="Age">In years, where it is known.</param>
/// <param name="Income">In a year, where it is known.</param>
/// <param name="Tariff">What the customer pays for.</param>
/// <param name="Region">Where the customer lives.</param>
/// <param name="IsOnline">Whether bills are read online.</param>
/// <param name="Months">How long the customer has been one.</param>
/// <param name="Complaints">In the last year.</param>
/// <param name="Megabytes">In a month.</param>
/// <param name="UsualHour">When the customer calls most.</param>
/// <param name="Leaves">Whether the customer leaves; not known of those who are customers today.</param>
[Sample]
public partial record Customer(
    [Feature] float? Age,
    [Feature(Scaling = FeatureScaling.Log)] double? Income,
    [Feature] Tariff Tariff,
    [Feature] Region Region,
    [Feature] bool IsOnline,
    [Feature] int Months,
    [Feature] int Complaints,
    [Feature(Scaling = FeatureScaling.Log)] double Megabytes,
    [Feature(Cyclic = 24)] float UsualHour,
    [Label] bool? Leaves);

/// <summary>What a customer pays for.</summary>
public enum Tariff
{
    /// <summary>In advance.</summary>
    Prepaid,

    /// <summary>By the month.</summary>
    Monthly,

    /// <summary>For a year.</summary>
    Yearly,
}

/// <summary>Where a customer lives.</summary>
public enum Region
{
    /// <summary>In the north.</summary>
    North,

    /// <summary>In the east.</summary>
    East,

    /// <summary>In the south.</summary>
    South,

    /// <summary>In the west.</summary>
    West,
}
