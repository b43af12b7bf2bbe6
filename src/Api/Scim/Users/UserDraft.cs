using System.Text.Json.Nodes;

namespace Platform.Api.Scim.Users;

/// <summary>What a directory's program may say of a user (RFC 7643, 4.1). Attributes that are not kept here are taken and passed over.</summary>
internal sealed class UserDraft
{
    private const int MaxName = 200;

    private bool _isNamed;

    /// <summary>Of the user that is changed.</summary>
    public string? Id { get; init; }

    public string? UserName { get; set; }
    public string? DisplayName { get; set; }
    public string? Formatted { get; set; }
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }
    public string? Language { get; set; }
    public string? ExternalId { get; set; }
    public bool Active { get; set; } = true;

    /// <summary>Of the account: the name shown, else the parts, else the address.</summary>
    public string Name => Given(DisplayName) ?? Given(Formatted) ?? Given(string.Join(' ', new[] { GivenName, FamilyName }.Where(part => !string.IsNullOrWhiteSpace(part)))) ?? UserName ?? "";

    /// <param name="active">Where the body does not say.</param>
    public static UserDraft Read(JsonObject body, bool active)
    {
        var draft = new UserDraft { Active = active };
        foreach (var (name, value) in body)
            draft.Set(name.ToLowerInvariant(), value);
        return draft;
    }

    /// <exception cref="ScimException">A value is not of its kind.</exception>
    public void Apply(PatchOperation change)
    {
        // Attributes of extensions are not kept.
        if (change.Path.Attribute.Schema is { } schema && !schema.Equals(UserRecord.Schema, StringComparison.OrdinalIgnoreCase))
            return;
        var key = change.Path.Attribute.Key;
        // Programs send it along with what they change.
        if (key == "id" && ScimBody.Text(change.Value, "id") != Id)
            throw new ScimException(400, ScimException.Mutability, "'id' cannot be changed.");
        if (change.Kind == PatchKind.Remove && key is "username" or "active")
            throw new ScimException(400, ScimException.Mutability, $"'{change.Path.Attribute}' cannot be removed.");
        Set(key, change.Kind == PatchKind.Remove ? null : change.Value, patched: true);
    }

    /// <param name="patched">A name that is changed in parts is put together anew.</param>
    private void Set(string key, JsonNode? value, bool patched = false)
    {
        switch (key)
        {
            case "username":
                UserName = ScimBody.Text(value, "userName")?.Trim();
                break;
            case "displayname":
                (DisplayName, _isNamed) = (Bounded(value, "displayName"), patched);
                break;
            case "name" when value is JsonObject parts:
                foreach (var (name, part) in parts)
                    Set("name." + name.ToLowerInvariant(), part, patched);
                break;
            case "name" when value is null:
                (Formatted, GivenName, FamilyName) = (null, null, null);
                break;
            case "name.formatted":
                (Formatted, DisplayName) = (Bounded(value, "name.formatted"), patched ? null : DisplayName);
                break;
            case "name.givenname":
                (GivenName, DisplayName) = (Bounded(value, "name.givenName"), Recomposed(patched));
                break;
            case "name.familyname":
                (FamilyName, DisplayName) = (Bounded(value, "name.familyName"), Recomposed(patched));
                break;
            case "preferredlanguage":
                Language = LanguageOf(ScimBody.Text(value, "preferredLanguage"));
                break;
            case "externalid":
                ExternalId = Bounded(value, "externalId");
                break;
            case "active":
                Active = ScimBody.Flag(value, "active") ?? true;
                break;
            default:
                break;
        }
    }

    /// <summary>A name shown that was no more than its parts follows them, unless the same change says what is shown.</summary>
    private string? Recomposed(bool patched) => patched && !_isNamed && DisplayName == string.Join(' ', new[] { GivenName, FamilyName }.OfType<string>()) ? null : DisplayName;

    /// <summary>Languages that pages and mails are not in are passed over.</summary>
    private static string? LanguageOf(string? tag)
    {
        var language = tag?.Split('-', '_')[0].ToLowerInvariant();
        return language is "ja" or "en" ? language : null;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Bounded(JsonNode? value, string name) =>
        ScimBody.Text(value, name) is { } text ? text.Length <= MaxName ? text : throw ScimException.Value($"'{name}' has at most {MaxName} characters.") : null;
}
