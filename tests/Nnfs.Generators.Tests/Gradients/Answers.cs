namespace Nnfs.Generators.Tests.Gradients;

/// <summary>The form in which a network with a loss is told the right answers.</summary>
internal enum Answers
{
    Labels,
    OneHot,
    Soft,
}
