using System.Text;
using System.Text.RegularExpressions;
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
    private static readonly Regex s_nameOf = new(@"\bnameof\(@?(\w+)\)", RegexOptions.CultureInvariant);

    public static string Apply(string text, NetworkSpec network)
    {
        if (network.HidesNameOf)
        {
            text = s_nameOf.Replace(text, "\"$1\"");
        }

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
                if (conflict.NewName is { } overloadName)
                {
                    MethodDeclarationSyntax method = (MethodDeclarationSyntax)member;
                    changes.Add(new TextChange(method.Identifier.Span, overloadName));
                    changes.AddRange(Calls(declaration, method).Select(name => new TextChange(name.Span, overloadName)));
                }
                else
                {
                    changes.Add(new TextChange(new TextSpan(member.Modifiers[0].SpanStart, 0), conflict.Modifier + " "));
                }
            }
        }

        return Replace(text, changes);
    }

    /// <summary>
    /// Where a member is declared or used: by its simple name, or as one of <c>network</c> or <c>_network</c>. After another dot comes what belongs to others.
    /// </summary>
    private static IEnumerable<SyntaxToken> References(ClassDeclarationSyntax declaration, string name) => declaration
        .DescendantTokens(descendIntoTrivia: true)
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken)
            && token.ValueText == name
            && (token.SpanStart > declaration.OpenBraceToken.SpanStart || token.Parent?.Parent is CrefSyntax)
            && (!token.GetPreviousToken().IsKind(SyntaxKind.DotToken) || token.GetPreviousToken().GetPreviousToken().ValueText is "network" or "_network")
            && !token.GetPreviousToken().IsKind(SyntaxKind.ColonColonToken)
            && !IsInitialized(token));

    /// <summary>Whether it names a property of an object that is made there.</summary>
    private static bool IsInitialized(SyntaxToken token) =>
        token.Parent is { Parent: AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment } name && assignment.Left == name;

    /// <summary>Where an overload is called: generated code hands its own parameters on, by their names.</summary>
    private static IEnumerable<SimpleNameSyntax> Calls(ClassDeclarationSyntax declaration, MethodDeclarationSyntax method)
    {
        string parameters = string.Join(", ", method.ParameterList.Parameters.Select(static parameter => parameter.Identifier.Text));

        return declaration.DescendantNodes()
            .OfType<InvocationExpressionSyntax>()
            .Where(call => string.Join(", ", call.ArgumentList.Arguments) == parameters)
            .Select(static call => call.Expression)
            .OfType<SimpleNameSyntax>()
            .Where(name => name.Identifier.ValueText == method.Identifier.ValueText);
    }

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
