using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Playground.Compiler;

/// <summary>Makes plain text of documentation comments.</summary>
internal static partial class DocumentationText
{
    /// <summary>The summary of a comment, and what it says of parameters.</summary>
    /// <param name="comment">The comment as XML; may be null or empty.</param>
    public static string Of(string? comment)
    {
        if (string.IsNullOrEmpty(comment))
        {
            return "";
        }

        try
        {
            XElement root = XElement.Parse(comment);
            IEnumerable<string> summary = root.Elements("summary").Select(Read);
            IEnumerable<string> parameters = root.Elements("param").Select(static parameter => $"{parameter.Attribute("name")?.Value}: {Read(parameter)}");

            return string.Join('\n', summary.Concat(parameters).Where(static line => line.Length > 0));
        }
        catch (XmlException)
        {
            // A comment that is being typed.
            return "";
        }
    }

    private static string Read(XElement element)
    {
        StringBuilder text = new();

        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => WhiteSpace().Replace(plain.Value, " "),
                XElement { Name.LocalName: "see" or "seealso" } see => see.Value.Length > 0 ? see.Value : NameOf(see),
                XElement { Name.LocalName: "paramref" or "typeparamref" } reference => reference.Attribute("name")?.Value,
                XElement { Name.LocalName: "code" } code => $"\n{code.Value.Trim('\n')}\n",
                XElement other => Read(other),
                _ => "",
            });
        }

        return text.ToString().Trim();
    }

    /// <summary>The short name of what a reference means: <c>T:Nnfs.Padding</c> is Padding, and <c>M:Nnfs.Net.Train(System.Int32)</c> is Train.</summary>
    private static string? NameOf(XElement see)
    {
        if (see.Attribute("cref")?.Value is not { } reference)
        {
            return see.Attribute("langword")?.Value ?? see.Attribute("href")?.Value;
        }

        string name = reference.Split('(', 2)[0];
        name = name[(name.LastIndexOfAny(['.', ':']) + 1)..].Split('`', 2)[0];

        return reference.StartsWith("T:", StringComparison.Ordinal) && name.EndsWith("Attribute", StringComparison.Ordinal)
            ? $"[{name[..^"Attribute".Length]}]"
            : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
