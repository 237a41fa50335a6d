using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace Nnfs.Site.Rendering;

/// <summary>A table in a frame of its own, which scrolls where the page is narrower.</summary>
internal sealed class TableWriter : HtmlTableRenderer
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.WriteLine("<div class=\"table\" tabindex=\"0\">");
        base.Write(renderer, table);
        renderer.WriteLine("</div>");
    }
}
