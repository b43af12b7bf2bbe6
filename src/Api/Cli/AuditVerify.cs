using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Hosting;
using Platform.Storage.Audit;
using Platform.Storage.Scopes;

namespace Platform.Api.Cli;

/// <summary>
/// Follows audit chains on the data itself, whatever the servers say of them. A JSON line for each chain, with its signed head: keep
/// it elsewhere, and give it back by <c>--head</c> later, so that a tail cut off together with the head's row is seen too.
/// </summary>
internal static class AuditVerify
{
    private const int Broken = 1;

    /// <param name="settings">Arguments as the servers take them.</param>
    /// <param name="slug">Of a tenant or an MSP; null: all chains.</param>
    /// <param name="head">File with a signed head of an earlier run; its chain alone is then followed.</param>
    public static Task<int> RunAsync(string[] settings, string? slug, string? head, TextWriter output, TextWriter error, CancellationToken cancellationToken) =>
        PlatformHost.RunPreparedAsync(
            settings,
            async (services, token) =>
            {
                var audit = services.GetRequiredService<IAuditLog>();
                var signed = head is null ? null : (await File.ReadAllTextAsync(head, token)).Trim();
                Guid? owner = null;
                if (signed is not null && (owner = audit.OwnerOf(signed)) is null)
                {
                    await error.WriteLineAsync($"'{head}' holds no head of an audit chain that this installation signed.");
                    return Broken;
                }

                var chains = (await audit.ChainsAsync(token)).Where(chain => (slug is null || chain.Slug == slug) && (owner is null || chain.OwnerId == owner)).ToList();
                if (chains.Count == 0)
                {
                    await error.WriteLineAsync("There is no such chain.");
                    return Broken;
                }

                var holds = true;
                foreach (var chain in chains)
                {
                    var scope = new Scope(new HashSet<Guid> { chain.OwnerId }, Permissions.All, "system:admin");
                    var verification = await audit.VerifyAsync(scope, chain.OwnerId, signed, token);
                    holds &= verification.Holds;
                    await output.WriteLineAsync(Line(chain, verification));
                }

                return holds ? 0 : Broken;
            },
            error,
            cancellationToken);

    private static string Line(AuditChainInfo chain, AuditVerification verification) => new JsonObject
    {
        ["chain"] = chain.Slug,
        ["kind"] = chain.IsMsp ? "msp" : "tenant",
        ["holds"] = verification.Holds,
        ["entries"] = verification.Entries,
        ["erased"] = verification.Erased,
        ["unproven"] = verification.Unproven,
        ["firstBreak"] = verification.FirstBreak,
        ["head"] = verification.SignedHead,
    }.ToJsonString(JsonSerializerOptions.Web);
}
