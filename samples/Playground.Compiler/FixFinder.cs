using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.CodeFixes;

namespace Playground.Compiler;

/// <summary>Finds the changes that the rules offer, as an editor would.</summary>
internal static class FixFinder
{
    /// <summary>All providers of fixes, by name: a trimmed program finds no others.</summary>
    public static ImmutableArray<TextCodeFixProvider> Providers { get; } =
    [
        new BidirectionalStateCodeFixProvider(),
        new CrossEntropyCodeFixProvider(),
        new DenseInputsCodeFixProvider(),
        new JoinedSizesCodeFixProvider(),
        new LabelCodeFixProvider(),
        new LengthCodeFixProvider(),
        new LossOrderCodeFixProvider(),
        new MakePartialCodeFixProvider(),
        new MissingNetworkCodeFixProvider(),
        new MissingSampleCodeFixProvider(),
        new PaddingCodeFixProvider(),
        new SettingCodeFixProvider(),
        new SeveralDeclarationsCodeFixProvider(),
        new SingleClassCodeFixProvider(),
        new SoftmaxTwiceCodeFixProvider(),
        new SourceNameCodeFixProvider(),
        new StepCodeFixProvider(),
        new SuperfluousArgumentCodeFixProvider(),
        new UnsupportedClassCodeFixProvider(),
    ];

    /// <summary>The fixes of a diagnostic.</summary>
    public static ImmutableArray<Fix> Find(SemanticModel model, Diagnostic diagnostic) => diagnostic.Location.SourceTree != model.SyntaxTree
        ? []
        :
        [
            .. Providers
                .Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id))
                .SelectMany(provider => provider.FindFixes(model, diagnostic, CancellationToken.None))
                .Select(fix => new Fix(fix.Title, model.SyntaxTree.GetText().WithChanges(fix.Changes).ToString())),
        ];
}
