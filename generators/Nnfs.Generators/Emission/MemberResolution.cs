using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>
/// Changes the text of a network whose members meet those of the user's class or its base: renames some, and gives others a
/// modifier. It works on the finished text, so that the emitters need not know of the few networks that it happens to.
/// </summary>
internal static class MemberResolution
{
    public static string Apply(string text, NetworkSpec network)
    {
        if (network.Conflicts.Count == 0)
        {
            return text;
        }

        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        ClassDeclarationSyntax declaration = root.DescendantNodes()
            .OfType<ClassDeclarationSyntax>()
            .First(static candidate => candidate.BaseList is not null);
        List<TextChange> changes = [];

        foreach (MemberConflict conflict in network.Conflicts)
        {
            if (conflict is { NewName: { } newName, Parameters: null })
            {
                changes.AddRange(References(declaration, conflict.Name).Select(token => new TextChange(token.Span, newName)));

                continue;
            }

            foreach (MemberDeclarationSyntax member in declaration.Members.Where(member => IsMeant(member, conflict)))
            {
                changes.Add(conflict.NewName is { } overloadName
                    ? new TextChange(((MethodDeclarationSyntax)member).Identifier.Span, overloadName)
                    : new TextChange(new TextSpan(member.Modifiers[0].SpanStart, 0), conflict.Modifier + " "));
            }
        }

        return Replace(text, changes);
    }

    /// <summary>Where a member is declared or used by its simple name; what stands behind a dot is a member of something else.</summary>
    private static IEnumerable<SyntaxToken> References(ClassDeclarationSyntax declaration, string name) => declaration
        .DescendantTokens(descendIntoTrivia: true)
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken)
            && token.ValueText == name
            && token.SpanStart > declaration.OpenBraceToken.SpanStart
            && !token.GetPreviousToken().IsKind(SyntaxKind.DotToken)
            && !token.GetPreviousToken().IsKind(SyntaxKind.ColonColonToken));

    private static bool IsMeant(MemberDeclarationSyntax member, MemberConflict conflict) => member switch
    {
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method => method.Identifier.ValueText == conflict.Name
            && (conflict.Parameters is null || conflict.Parameters == ParameterTypes(method)),
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property => property.Identifier.ValueText == conflict.Name,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText == conflict.Name,
        ClassDeclarationSyntax type => type.Identifier.ValueText == conflict.Name,
        _ => false,
    };

    private static string ParameterTypes(MethodDeclarationSyntax method) =>
        string.Join(", ", method.ParameterList.Parameters.Select(static parameter => parameter.Type));

    private static string Replace(string text, List<TextChange> changes)
    {
        StringBuilder result = new(text.Length);
        int position = 0;

        foreach (TextChange change in changes.OrderBy(static change => change.Span.Start))
        {
            result.Append(text, position, change.Span.Start - position).Append(change.NewText);
            position = change.Span.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
