namespace Platform.Benchmarks.Tenants;

/// <summary>A person of the demo data, as the README names them.</summary>
internal static class DemoPerson
{
    public const string Administrator = "admin@acme.test";
    public const string Password = "orange tractor parade";
}
