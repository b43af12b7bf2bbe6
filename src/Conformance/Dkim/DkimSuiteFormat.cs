using System.Text.Json;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Conformance.Dkim;

/// <summary>
/// <c>dkim-verify-v1</c>: signed messages, the result of the best signature (RFC 6376, 6.1). Expected answers come from
/// verifiers of several ages; marks on a case say where today's standards answer otherwise.
/// </summary>
/// <param name="minimumRsaBits">
/// Below 1024, keys of that length and rsa-sha1 count as good as any: many old vectors that must fail for another reason have
/// short keys, so that a verifier that looks at the length alone gets them right by chance. Null for the standard.
/// </param>
public sealed class DkimSuiteFormat(int? minimumRsaBits = null) : ISuiteFormat
{
    private readonly DkimVerifier _verifier = new(minimumRsaBits is { } bits
        ? new DkimOptions { MinimumRsaBits = bits, AcceptsRsaSha1 = bits < new DkimOptions().MinimumRsaBits }
        : new DkimOptions());

    private readonly bool _isLowered = minimumRsaBits < new DkimOptions().MinimumRsaBits;

    public string Format => "dkim-verify-v1";

    public async ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        var message = RawMessage.Read(await item.ReadFileAsync(cancellationToken));
        var now = item.Data.TryGetProperty("now", out var given) ? DateTimeOffset.FromUnixTimeSeconds(given.GetInt64()) : TimeProvider.System.GetUtcNow();
        var report = await _verifier.VerifyAsync(message, new ZoneResolver(item.Scenario), now, cancellationToken);
        var shown = string.Join("; ", report.Signatures.Select(s => $"{s.Result} {s.Reason} d={s.Domain} {s.Algorithm} {s.KeyBits}: {s.Explanation}"));
        return CaseOutcome.Of(IsExpected(item, report.Result), $"expected {Expected(item)}, got {report.Result} [{shown}]");
    }

    private static string Expected(SuiteCase item) =>
        (IsMarked(item, "domainkeys_only") ? item.Text("expect_dkim_only") : item.Text("expect")) ?? throw new SuiteException($"case {item.Id} expects nothing");

    private bool IsExpected(SuiteCase item, AuthenticationResult got)
    {
        if (item.Text("pre_standard") is not null)
            return got != AuthenticationResult.Pass;
        if (item.Text("rfc8301") == "must-not-pass" && !_isLowered)
            return got != AuthenticationResult.Pass;
        var expected = Expected(item);

        // What fails by `g=` alone passes where `g=` is ignored, as RFC 6376 does, once the length of its key is no reason.
        if (_isLowered && expected == "permerror" && item.Text("g_tag") is not null && got is AuthenticationResult.Pass)
            return true;
        return Matches(expected, got) || (item.Data.TryGetProperty("expect_also", out var also)
            && also.EnumerateArray().Any(other => other.GetString() is { } text && Matches(text, got)));
    }

    private static bool IsMarked(SuiteCase item, string mark) => item.Data.TryGetProperty(mark, out var value) && value.ValueKind == JsonValueKind.True;

    private static bool Matches(string expected, AuthenticationResult got) => expected switch
    {
        "pass" => got == AuthenticationResult.Pass,
        "none" => got == AuthenticationResult.None,
        "fail" => got == AuthenticationResult.Fail,
        "neutral" => got == AuthenticationResult.Neutral,
        "temperror" => got == AuthenticationResult.TempError,
        "permerror" => got is AuthenticationResult.PermError or AuthenticationResult.Neutral or AuthenticationResult.Policy,
        "not-pass" => got != AuthenticationResult.Pass,
        _ => throw new SuiteException($"the expectation '{expected}' is not known"),
    };
}
