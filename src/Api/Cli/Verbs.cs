using System.CommandLine;

namespace Platform.Api.Cli;

/// <summary>What the executable does instead of serving: <c>scan</c>, <c>conform</c>, <c>train</c>, <c>admin</c>, <c>schema</c> and the help. Loads nothing of the servers.</summary>
public static class Verbs
{
    /// <summary>True when the first argument names a verb or asks for help; otherwise the arguments are settings of the servers.</summary>
    public static bool IsVerb(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return args.Length > 0 && args[0] is ScanVerb.Name or ConformVerb.Name or TrainVerb.Name or AdminVerb.Name or SchemaVerb.Name or "--help" or "-h" or "-?" or "--version";
    }

    /// <summary>Runs the verb and gives the exit code of the process.</summary>
    public static Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(args);
        var root = new RootCommand("E-mail inspection platform. Without a verb it starts the servers; settings are given as --Section:Key=value.");
        root.Subcommands.Add(ScanVerb.Create(ScanConsole.OfProcess));
        root.Subcommands.Add(ConformVerb.Create(Console.Out, Console.Error));
        root.Subcommands.Add(TrainVerb.Create(Console.Out, Console.Error));
        root.Subcommands.Add(AdminVerb.Create());
        root.Subcommands.Add(SchemaVerb.Create());
        return root.Parse(args).InvokeAsync(new InvocationConfiguration(), cancellationToken);
    }
}
