using Platform.Api.Cli;

namespace Platform.Api.Hosting;

/// <summary>
/// <c>dotnet run</c> is Development unless somebody says otherwise. A launch profile would say so too, but it overrides the
/// environment that the caller has set, and its notice goes to standard output, where <c>scan</c> writes JSON Lines. So the
/// project file gives this mark as its StartArguments instead.
/// </summary>
internal static class DotnetRun
{
    public const string Mark = "--by-dotnet-run";
    private static readonly string[] EnvironmentVariables = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <summary>The arguments without the mark, with the environment where none was chosen.</summary>
    public static string[] Settle(string[] args, Func<string, string?> variable)
    {
        if (args is not [Mark, .. var rest])
            return args;
        var chosen = Array.Exists(EnvironmentVariables, name => !string.IsNullOrEmpty(variable(name)))
            || Array.Exists(rest, argument => argument.TrimStart('-', '/').StartsWith("environment", StringComparison.OrdinalIgnoreCase));
        return chosen || Verbs.IsVerb(rest) ? rest : [.. rest, "--environment=Development"];
    }
}
