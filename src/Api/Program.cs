using Platform.Api.Cli;
using Platform.Api.Hosting;

// A verb (scan, ...) runs and ends; anything else is the platform with its roles.
return Verbs.IsVerb(args)
    ? await Verbs.RunAsync(args, CancellationToken.None)
    : await PlatformHost.RunAsync(args);
