using System.Text;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>A key record (RFC 6376, 3.6.1). <c>g=</c> of RFC 4871 is ignored, as any unknown tag is.</summary>
internal sealed record DkimKeyRecord
{
    /// <summary>A key of 16,384 bits takes some 2,800 characters.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary><c>rsa</c> by default.</summary>
    public required string KeyType { get; init; }

    /// <summary>Base64 without white space; empty for a revoked key.</summary>
    public required string Key { get; init; }

    /// <summary>Null for all.</summary>
    public required IReadOnlyList<string>? Hashes { get; init; }

    public required bool IsForMail { get; init; }

    /// <summary><c>t=y</c>: the domain tries DKIM out, and failures are to be treated as if unsigned.</summary>
    public required bool IsTesting { get; init; }

    /// <summary><c>t=s</c>: identities below the domain may not be used.</summary>
    public required bool IsStrict { get; init; }

    public required string Notes { get; init; }

    public bool Allows(string hash) => Hashes is null || Hashes.Contains(hash);

    /// <param name="text">One char an octet.</param>
    public static DkimKeyRecord? Parse(string text, out string fault)
    {
        if (text.Length > MaxLength)
        {
            fault = $"the record is longer than {MaxLength} octets";
            return null;
        }

        var tags = TagList.Parse(Encoding.Latin1.GetBytes(text), out fault);
        if (tags is null)
            return null;
        if (tags.Has("v") && (tags.Names.First() != "v" || tags.Text("v") != "DKIM1"))
        {
            fault = "the version is not DKIM1, or does not stand first";
            return null;
        }

        if (tags.Compact("p") is not { } key)
        {
            fault = "there is no p= tag";
            return null;
        }

        var services = Words(tags, "s") ?? ["*"];
        var flags = Words(tags, "t") ?? [];
        return new DkimKeyRecord
        {
            KeyType = tags.Text("k") ?? "rsa",
            Key = key,
            Hashes = Words(tags, "h"),
            IsForMail = services.Contains("*") || services.Contains("email"),
            IsTesting = flags.Contains("y"),
            IsStrict = flags.Contains("s"),
            Notes = QuotedValue.Decode(tags.Text("n") ?? "") ?? "",
        };
    }

    private static string[]? Words(TagList tags, string name) => tags.Compact(name)?.Split(':');
}
