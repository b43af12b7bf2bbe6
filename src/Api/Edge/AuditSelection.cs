using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Storage.Model;

namespace Platform.Api.Edge;

/// <summary>Which entries of an audit log. All that is given must hold.</summary>
/// <param name="Action">An action, or the words before a dot that it begins with.</param>
internal sealed record AuditSelection(DateTimeOffset? Since, DateTimeOffset? Until, string? Actor, string? Action)
{
    private const int MaxText = 320;

    /// <exception cref="ApiException">A text is too long.</exception>
    public void Check()
    {
        if (Actor?.Length > MaxText)
            throw ApiException.BadInput("actor", $"'actor' has at most {MaxText} characters.");
        if (Action?.Length > MaxText)
            throw ApiException.BadInput("action", $"'action' has at most {MaxText} characters.");
    }

    public IQueryable<AuditRow> Apply(IQueryable<AuditRow> rows)
    {
        if (Since is { } since)
            rows = rows.Where(row => row.At >= since);
        if (Until is { } until)
            rows = rows.Where(row => row.At < until);
        if (Actor is { } actor)
            rows = rows.Where(row => row.Actor == actor);
        if (Action is { } action)
            rows = rows.Where(row => row.Action == action || row.Action.StartsWith(action + "."));
        return rows;
    }

    /// <summary>For the entry that tells of an export.</summary>
    public string Told() => new JsonObject
    {
        ["since"] = Since?.ToString("O"),
        ["until"] = Until?.ToString("O"),
        ["actor"] = Actor,
        ["action"] = Action,
    }.ToJsonString(JsonSerializerOptions.Web);
}
