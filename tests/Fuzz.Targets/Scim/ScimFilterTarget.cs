using System.Text;
using Platform.Api.Scim.Filters;

namespace Platform.Fuzz.Targets.Scim;

/// <summary>Filters and paths of SCIM, read and made into a question. Throws when a promise is broken.</summary>
public static class ScimFilterTarget
{
    internal const string Tokens = " |and|or|not|(|)|[|]|eq|ne|co|sw|ew|gt|ge|lt|le|pr|\"|\\|\\u0041|true|false|null|-1.5|userName|emails|.value|type|urn:ietf:params:scim:schemas:core:2.0:User:|$ref|members";

    internal static string[] Seeds { get; } =
    [
        "userName eq \"a@b.test\" and not (active eq false or externalId pr)",
        "emails[type eq \"work\" and value co \"@example.com\"] or name.familyName sw \"O'\\u0041\"",
        "members[value eq \"2819c223\"].displayName",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
    ];

    public static void Run(ReadOnlySpan<byte> input)
    {
        var source = Encoding.UTF8.GetString(input);
        if (ScimFilterParser.TryParse(source, out var filter, out var fault))
            Ask(filter);
        else
            Check(fault, source);
        if (!ScimFilterParser.TryParsePath(source, out _, out fault))
            Check(fault, source);
    }

    private static void Ask(ScimFilter filter)
    {
        var made = FilterQuery.Make<string>(filter, compare => row => row == (compare.Value as string), out var unknown);
        if (made is null || unknown is not null)
            throw new InvalidOperationException("Broken promise: what is read can be asked.");
        _ = made.Compile(preferInterpretation: true)("a");
    }

    private static void Check((int Position, string Reason) fault, string source)
    {
        if (fault.Position < 0 || fault.Position > source.Length || fault.Reason.Length == 0)
            throw new InvalidOperationException("Broken promise: a fault says where and what.");
    }
}
