namespace NnfsClassifier;

/// <summary>The classes of flowers.</summary>
public enum Species
{
    /// <summary>Iris setosa.</summary>
    Setosa,

    /// <summary>Iris versicolor.</summary>
    Versicolor,

    /// <summary>Iris virginica.</summary>
    Virginica,
}
