using Platform.Api.Cli;
using Platform.Api.Hosting;

// A verb (scan, ...) runs and ends; anything else is the platform with its roles.
var arguments = DotnetRun.Settle(args, Environment.GetEnvironmentVariable);
return Verbs.IsVerb(arguments)
    ? await Verbs.RunAsync(arguments, CancellationToken.None)
    : await PlatformHost.RunAsync(arguments);
