using System.Text.Json;
using Platform.Api.Edge;
using static Platform.Api.Reference.ReferencePage;

namespace Platform.Api.Reference;

/// <summary>What a browser gets at /graphql: an editor for documents, with the schema beside it.</summary>
internal static class ExplorerPage
{
    private const string First =
        """
        {
          messages(first: 10) {
            nodes { id subject verdict score deliveries { recipient state } }
            pageInfo { endCursor hasNextPage }
          }
        }
        """;

    /// <summary>A browser asks for a page, and for nothing by a document: <c>text/html</c> is named, and there is no query.</summary>
    public static bool IsWanted(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Query.ContainsKey("query") && !request.Query.ContainsKey("extensions")
        && request.GetTypedHeaders().Accept.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && range.Quality is not 0);

    public static IResult Show(HttpContext context)
    {
        var text = new ReferenceText(Languages.Choose(context.Request));
        var texts = JsonSerializer.Serialize(new { signedIn = text.SignedIn, signedOut = text.SignedOut, stopped = text.Stopped, following = text.Following, ended = text.Ended });
        return Of(context, text, text.Explorer, $"""
            <script type="application/json" id="texts">{texts}</script>
            <form id="sign-in">
            <label>{Safe(text.ClientId)} <input id="client-id" autocomplete="off" spellcheck="false"></label>
            <label>{Safe(text.ClientSecret)} <input id="client-secret" type="password" autocomplete="off"></label>
            <button>{Safe(text.SignIn)}</button>
            </form>
            <p id="status" role="status"></p>
            <div class="panes">
            <div>
            <label for="query">{Safe(text.Query)}</label>
            <textarea id="query" spellcheck="false">{Safe(First)}</textarea>
            <label for="variables">{Safe(text.Variables)}</label>
            <textarea id="variables" spellcheck="false"></textarea>
            <p><button id="run" type="button">{Safe(text.Run)}</button> <button id="stop" type="button">{Safe(text.Stop)}</button></p>
            <h2>{Safe(text.Answer)}</h2>
            <pre id="answer" tabindex="0" aria-label="{Safe(text.Answer)}"></pre>
            </div>
            <div>
            <h2>{Safe(text.Types)}</h2>
            <div id="schema"></div>
            <h2>{Safe(text.History)}</h2>
            <ul id="history" class="plain"></ul>
            </div>
            </div>
            """, "/docs/api/explorer.js");
    }
}
