using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Nnfs.Site.Rendering;

/// <summary>Nothing: HTML in the documentation is comments that say how its code is tested.</summary>
internal sealed class HtmlBlockWriter : HtmlObjectRenderer<HtmlBlock>
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, HtmlBlock obj)
    {
        if (obj.Type != HtmlBlockType.Comment)
        {
            throw new SiteException($"Line {obj.Line + 1}: only comments are expected as HTML.");
        }
    }
}
