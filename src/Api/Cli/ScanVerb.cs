using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Api.Hosting;
using Platform.Dns;
using Platform.Engine;
using Platform.Engine.Feeds;
using Platform.Engine.Intelligence;
using Platform.Feeds;
using Platform.Feeds.Hosting;
using Platform.Yara;

namespace Platform.Api.Cli;

/// <summary><c>scan [--format json|text] [--online] [--tenant-domain D]... [--allow-list F]... [--block-list F]... PATH...</c>: judges mails on disk, offline unless told otherwise.</summary>
internal static class ScanVerb
{
    public const string Name = "scan";

    public static Command Create(Func<ScanConsole> console)
    {
        var format = new Option<string>("--format") { Description = "json: one object a line; text: for people.", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "text");
        var online = new Option<bool>("--online") { Description = "Permits questions to the network. DNS: signatures, DMARC and ARC are checked as far as the mail itself tells. Servers by Dns__Servers, else those of the system. Antivirus and feeds by Antivirus__Clamd, Feeds__Lists and so on. Offline, no packet leaves." };
        var tenantDomains = new Option<string[]>("--tenant-domain") { Description = "A domain of your own; may be given several times.", HelpName = "D" };
        var allow = new Option<string[]>("--allow-list") { Description = "A file of allowed senders: a value a line, or CSV as importListEntries takes it; may be given several times.", HelpName = "F" };
        var block = new Option<string[]>("--block-list") { Description = "A file of blocked senders, networks, links and files, in the same form; an exported list says by itself which it is.", HelpName = "F" };
        var paths = new Argument<string[]>("PATH") { Description = "Mail files, mbox files, folders (searched for .eml, .mbox and Maildir messages), or - for standard input.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(Name, "Judges mails on disk: verdict, score and reasons for each. Exit code 1 when one could not be read.") { format, online, tenantDomains, allow, block, paths };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ScanOptions(parsed.GetValue(format) == "text", parsed.GetValue(tenantDomains) ?? [], parsed.GetRequiredValue(paths));
            options = options with { Entries = await ScanLists.ReadAsync(parsed.GetValue(allow) ?? [], parsed.GetValue(block) ?? [], options.OwnDomains, cancellationToken) };
            using var resolver = parsed.GetValue(online) ? Resolver() : null;
            using var feeds = Feeds(resolver, parsed.GetValue(online));
            using var yara = YaraScanner.Create(Settings().GetSection("Scanner:YaraRules").Get<string[]>() ?? []);
            await feeds.LoadAsync(cancellationToken);
            return await new ScanRun(Scanner.Create(NetworkTable.Embedded, resolver: resolver, feeds: feeds.IsEmpty ? null : feeds, files: yara), console(), TimeProvider.System).RunAsync(options, cancellationToken);
        });
        return command;
    }

    /// <summary>By environment (<c>Antivirus__Clamd</c>, <c>Feeds__Lists__0__Location</c>); offline, only what lies on this machine is asked.</summary>
    private static FeedRoom Feeds(PlatformResolver? resolver, bool online)
    {
        try
        {
            return new FeedRoom(FeedRegistration.Read(Settings(), folder: null), resolver, online, TimeProvider.System, NullLogger.Instance);
        }
        catch (Exception problem) when (problem is InvalidOperationException or FeedSettingsException)
        {
            throw new SettingsException(problem.Message, problem);
        }
    }

    private static IConfigurationRoot Settings() => new ConfigurationBuilder().AddEnvironmentVariables().Build();

    private static PlatformResolver Resolver() =>
        new(new DnsSettings { Servers = FlowComposition.DnsServers(Environment.GetEnvironmentVariable("Dns__Servers") ?? "") }, TimeProvider.System);
}

/// <param name="AsText">For people; otherwise JSON Lines.</param>
internal sealed record ScanOptions(bool AsText, IReadOnlyList<string> TenantDomains, IReadOnlyList<string> Paths)
{
    /// <summary><see cref="TenantDomains"/> as they are compared.</summary>
    public IReadOnlyList<string> OwnDomains { get; } = [.. TenantDomains.Select(domain => domain.Trim().TrimEnd('.').ToLowerInvariant())];

    /// <summary>Allow and block lists; null: none.</summary>
    public ListEntries? Entries { get; init; }
}
