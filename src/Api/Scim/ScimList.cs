using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Platform.Api.Scim.Filters;

namespace Platform.Api.Scim;

/// <summary>What a list is asked for (RFC 7644, 3.4.2): a filter and a part of the result, counted from 1.</summary>
internal sealed record ScimList(ScimFilter? Filter, int StartIndex, int Count)
{
    public const int MaxCount = 200;
    private const int DefaultCount = 100;

    /// <exception cref="ScimException">The filter or a number cannot be read.</exception>
    public static ScimList Read(HttpRequest request)
    {
        var text = request.Query["filter"].ToString();
        var filter = (ScimFilter?)null;
        if (text.Length > 0 && !ScimFilterParser.TryParse(text, out filter, out var fault))
            throw new ScimException(400, ScimException.InvalidFilter, $"The filter cannot be read: at character {fault.Position}, {fault.Reason}.");
        return new ScimList(filter, Math.Max(1, Number(request, "startIndex") ?? 1), Math.Clamp(Number(request, "count") ?? DefaultCount, 0, MaxCount));
    }

    /// <exception cref="ScimException">The filter asks for what cannot be asked.</exception>
    public IQueryable<T> Apply<T>(IQueryable<T> rows, Func<ScimFilter.Compare, Expression<Func<T, bool>>?> compare)
    {
        if (Filter is null)
            return rows;
        var made = FilterQuery.Make(Filter, compare, out var unknown);
        return made is not null ? rows.Where(made) : throw new ScimException(400, ScimException.InvalidFilter, $"'{unknown?.Attribute}' cannot be asked for so here; docs/scim.md lists what can.");
    }

    public ScimAnswer Answer(int total, IEnumerable<JsonObject> resources)
    {
        var page = new JsonArray([.. resources]);
        return new ScimAnswer(new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
            ["totalResults"] = total,
            ["startIndex"] = StartIndex,
            ["itemsPerPage"] = page.Count,
            ["Resources"] = page,
        });
    }

    private static int? Number(HttpRequest request, string name) => request.Query[name].ToString() is not { Length: > 0 } text
        ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw ScimException.Value($"'{name}' is no number.");
}
