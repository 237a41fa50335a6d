using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Nnfs.Site.Rendering;

/// <summary>A heading, followed by a link to itself.</summary>
internal sealed class HeadingWriter : HtmlObjectRenderer<HeadingBlock>
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, HeadingBlock obj)
    {
        string id = obj.GetAttributes().Id!;

        renderer.Write($"<h{obj.Level} id=\"{id}\">");
        renderer.WriteLeafInline(obj);

        if (obj.Level > 1)
        {
            renderer.Write($" <a class=\"here\" href=\"#{id}\" aria-label=\"Link to this heading\">#</a>");
        }

        renderer.WriteLine($"</h{obj.Level}>");
    }
}
