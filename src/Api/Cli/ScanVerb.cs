using System.CommandLine;
using Platform.Api.Hosting;
using Platform.Dns;
using Platform.Engine;
using Platform.Engine.Intelligence;

namespace Platform.Api.Cli;

/// <summary><c>scan [--format json|text] [--online] [--tenant-domain D]... PATH...</c>: judges mails on disk, offline unless told otherwise.</summary>
internal static class ScanVerb
{
    public const string Name = "scan";

    public static Command Create(Func<ScanConsole> console)
    {
        var format = new Option<string>("--format") { Description = "json: one object a line; text: for people.", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "text");
        var online = new Option<bool>("--online") { Description = "Permits questions to DNS: signatures, DMARC and ARC are checked as far as the mail itself tells. Servers by Dns__Servers, else those of the system. Offline, no packet leaves." };
        var tenantDomains = new Option<string[]>("--tenant-domain") { Description = "A domain of your own; may be given several times.", HelpName = "D" };
        var paths = new Argument<string[]>("PATH") { Description = "Mail files, mbox files, folders (searched for .eml, .mbox and Maildir messages), or - for standard input.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(Name, "Judges mails on disk: verdict, score and reasons for each. Exit code 1 when one could not be read.") { format, online, tenantDomains, paths };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ScanOptions(parsed.GetValue(format) == "text", parsed.GetValue(tenantDomains) ?? [], parsed.GetRequiredValue(paths));
            using var resolver = parsed.GetValue(online) ? Resolver() : null;
            return await new ScanRun(Scanner.Create(NetworkTable.Embedded, resolver: resolver), console(), TimeProvider.System).RunAsync(options, cancellationToken);
        });
        return command;
    }

    private static PlatformResolver Resolver() =>
        new(new DnsSettings { Servers = FlowComposition.DnsServers(Environment.GetEnvironmentVariable("Dns__Servers") ?? "") }, TimeProvider.System);
}

/// <param name="AsText">For people; otherwise JSON Lines.</param>
internal sealed record ScanOptions(bool AsText, IReadOnlyList<string> TenantDomains, IReadOnlyList<string> Paths);
