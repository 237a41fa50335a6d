namespace Nnfs.Catalogue.Graphs;

/// <summary>The form in which losses of classes and bits are told the right answers.</summary>
internal enum Answers
{
    /// <summary>As integers.</summary>
    Labels,

    /// <summary>As probabilities of 0 and 1.</summary>
    OneHot,

    /// <summary>As any probabilities.</summary>
    Soft,
}
