using System.CommandLine;
using Platform.Api.Edge;
using Platform.Api.Identity;

namespace Platform.Api.Cli;

/// <summary>What an operator does once by hand. <c>admin make-keys</c> makes the token keys that Production refuses to make by itself, <c>admin create-msp</c> the first client that may do anything.</summary>
internal static class AdminVerb
{
    public const string Name = "admin";

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The data folder; its keys go to DATA/keys.", DefaultValueFactory = _ => "data" };
        var makeKeys = new Command("make-keys", "Makes the keys of access tokens where they are missing. Existing keys are kept.") { data };
        makeKeys.SetAction(result =>
        {
            var folder = Path.GetFullPath(result.GetRequiredValue(data));
            new TokenKeys(new ApiSettings { DataDirectory = folder, CreateMissingKeys = true }).Ensure();
            result.InvocationConfiguration.Output.WriteLine($"The token keys lie in {Path.Combine(folder, "keys")}. Keep a copy apart from the data.");
        });

        var slug = new Option<string>("--slug") { Description = "Short name: lower-case letters, digits, hyphens.", Required = true };
        var display = new Option<string>("--name") { Description = "Name for people.", Required = true };
        var createMsp = new Command("create-msp", "Makes an MSP and its API client SLUG-api, and prints the secret once. Settings follow as for the servers (--Data:Directory=...); with SQLite the servers must be stopped.") { slug, display };
        createMsp.TreatUnmatchedTokensAsErrors = false;
        createMsp.SetAction((result, cancellationToken) => FirstMsp.CreateAsync(
            [.. result.UnmatchedTokens],
            result.GetRequiredValue(slug),
            result.GetRequiredValue(display),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        return new Command(Name, "Chores of an operator.") { makeKeys, createMsp };
    }
}
