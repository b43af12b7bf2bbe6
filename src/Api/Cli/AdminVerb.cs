using System.CommandLine;
using Platform.Api.Edge;
using Platform.Api.Identity;

namespace Platform.Api.Cli;

/// <summary>What an operator does once by hand. <c>admin make-keys</c> makes the token keys that Production refuses to make by itself.</summary>
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
        return new Command(Name, "Chores of an operator.") { makeKeys };
    }
}
