using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Platform.Engine.Mail.Text;

/// <summary>
/// Builds the tree of an HTML document (WHATWG HTML, 13.2), or says why it would cost too much. A parser copies formatting
/// elements that were left open into every later block ("reconstruct the active formatting elements"), so that a hundred
/// kilobytes can make millions of elements. What it copied lies on the path to the newest node: the path is looked at
/// with every token, and the building given up when it is too long or has had too many elements.
/// </summary>
internal static class HtmlTree
{
    private const int MaxDepth = 400;

    /// <summary>Null when the document is too heavy; then <paramref name="reason"/> says why. No script runs, nothing is loaded.</summary>
    public static IHtmlDocument? Parse(string html, ReadBudget budget, out string? reason)
    {
        reason = html.Length > budget.HtmlCharactersLeft ? "length" : HtmlShape.TooHeavy(html);
        if (reason is not null)
            return null;
        budget.HtmlCharactersLeft -= html.Length;
        var guard = new Guard(budget);
        var options = new HtmlParserOptions { IsScripting = false, OnCreated = (element, _) => guard.Document ??= element.Owner, OnToken = (_, _) => guard.Measure() };
        try
        {
            return new HtmlParser(options).ParseDocument(html);
        }
        catch (TooHeavyException)
        {
            reason = "elements";
            return null;
        }
    }

    private sealed class Guard(ReadBudget budget)
    {
        private readonly List<IElement> _path = [];

        public IDocument? Document { get; set; }

        // What differs from the path at the token before has been created since.
        public void Measure()
        {
            var depth = 0;
            for (var element = Document?.DocumentElement; element is not null; element = element.LastElementChild, depth++)
            {
                if (depth < _path.Count && ReferenceEquals(_path[depth], element))
                    continue;
                budget.HtmlElementsLeft--;
                if (depth < _path.Count)
                    _path[depth] = element;
                else
                    _path.Add(element);
            }

            _path.RemoveRange(depth, _path.Count - depth);
            budget.Cancellation.ThrowIfCancellationRequested();
            if (depth > MaxDepth || budget.HtmlElementsLeft < 0)
                throw new TooHeavyException();
        }
    }

    private sealed class TooHeavyException : Exception;
}
