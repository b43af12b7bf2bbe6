using System.Text;

namespace Platform.Fuzz.Targets.Feeds;

/// <summary>Good input, and the pieces that it is made of.</summary>
internal static class FeedInputs
{
    public static IReadOnlyList<string> ListTokens { get; } = ["\n", "\r\n", "#", ",", "\"", "\"\"", "||", "^", "0.0.0.0 ", "http://", "hxxp://", "[.]", "@", "/", "/24", "::", ".", "*.", "xn--", " ", "\t", ";", "\u00ff", "\0", "d41d8cd98f00b204e9800998ecf8427e"];

    public static IReadOnlyList<byte[]> Lists { get; } = Bytes(
        "# list\n0.0.0.0 bad.example worse.example # why\n||ads.example^\nd41d8cd98f00b204e9800998ecf8427e\nhxxp://bad[.]example/a?b\n192.0.2.0/24\n2001:db8::/48\nsender@bad.example\n",
        "\"1\",\"2026-01-01 10:00:00\",\"http://bad.example/a.exe\",\"online\",\"say \"\"x\"\"\"\r\n2,198.51.100.7,label\r\n");

    public static IReadOnlyList<string> JsonTokens { get; } = ["{", "}", "[", "]", ":", ",", "\"", "\"Event\"", "\"Attribute\"", "\"Object\"", "\"type\"", "\"value\"", "\"to_ids\"", "true", "false", "null", "\"objects\"", "\"pattern\"", "\"indicator\"", "\"more\"", "\\u0000", "1e999", "\"sha256\"", "\"filename|md5\"", "\"valid_until\""];

    public static IReadOnlyList<byte[]> Misp { get; } = Bytes(
        """{"Event":{"info":"case","Attribute":[{"type":"filename|md5","value":"a.exe|d41d8cd98f00b204e9800998ecf8427e","to_ids":true},{"type":"domain|ip","value":"bad.example|192.0.2.1","to_ids":"1"}],"Object":[{"Attribute":[{"type":"url","value":"http://bad.example/x","to_ids":true,"deleted":false}]}]}}""",
        """{"9d3b2f6e-6f5f-4b6a-8d57-0a4a4e2b1c11":{"info":"case","timestamp":"1767225600"}}""");

    public static IReadOnlyList<byte[]> Stix { get; } = Bytes(
        """{"type":"bundle","more":true,"next":"2","objects":[{"type":"indicator","name":"n","pattern_type":"stix","pattern":"[url:value = 'http://bad.example/x']","valid_from":"2025-01-01T00:00:00Z","valid_until":"2030-01-01T00:00:00Z","revoked":false}]}""");

    public static IReadOnlyList<string> PatternTokens { get; } = ["[", "]", "'", "\\'", "=", " IN ", "(", ")", ",", " OR ", " AND ", "url:value", "file:hashes.'SHA-256'", "file:hashes.MD5", "ipv4-addr:value", "domain-name:value", "email-addr:value", "NOT", "'bad.example'"];

    public static IReadOnlyList<byte[]> Patterns { get; } = Bytes(
        "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' OR url:value = 'http://bad.example/it\\'s']",
        "[domain-name:value IN ('a.example', 'b.example')] OR [ipv4-addr:value = '198.51.100.0/24']");

    public static IReadOnlyList<string> ClamdTokens { get; } = ["stream: ", "OK", " FOUND", " ERROR", "\0", "\n", ": ", "size limit exceeded", "Win.Test", "\u00ff"];

    public static IReadOnlyList<byte[]> Clamd { get; } = Bytes("stream: OK\0", "stream: Win.Test.Made-1 FOUND\0", "INSTREAM size limit exceeded. ERROR\0");

    private static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
