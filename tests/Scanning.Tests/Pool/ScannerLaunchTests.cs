using Platform.Scanning.Pool;

namespace Platform.Scanning.Tests.Pool;

public sealed class ScannerLaunchTests
{
    private static readonly string[] s_allowed =
    [
        "DOTNET_ROOT", "DOTNET_EnableDiagnostics", "DOTNET_GCgen0size", "DOTNET_GCConserveMemory", "DOTNET_GCHeapHardLimit",
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "DOTNET_SYSTEM_GLOBALIZATION_APPLOCALICU", "LANG", "TZ", "SystemRoot",
        "SCANNER_PARENT", "SCANNER_MAX_MESSAGE", "SCANNER_DATA_LIMIT",
    ];

    [Fact]
    public void The_environment_holds_what_the_program_needs_and_nothing_of_this_process() =>
        Assert.Subset(s_allowed.ToHashSet(), ScannerLaunch.For(new ScannerPoolOptions(), mayAsk: false).Environment.Keys.ToHashSet());

    [Fact]
    public void A_process_that_may_ask_is_told_so_and_nothing_of_the_servers() =>
        Assert.Equal(
            ["SCANNER_DNS"],
            ScannerLaunch.For(new ScannerPoolOptions(), mayAsk: true).Environment.Keys.Except(ScannerLaunch.For(new ScannerPoolOptions(), mayAsk: false).Environment.Keys));

    [Fact]
    public void The_command_line_names_the_program_and_nothing_else()
    {
        var start = ScannerLaunch.For(new ScannerPoolOptions(), mayAsk: false);

        Assert.Equal(["exec", Path.Combine(AppContext.BaseDirectory, "Platform.ScannerHost.dll")], start.ArgumentList);
    }

    [Fact]
    public void The_working_folder_is_that_of_nobody() =>
        Assert.Equal(Path.GetPathRoot(AppContext.BaseDirectory), ScannerLaunch.For(new ScannerPoolOptions(), mayAsk: false).WorkingDirectory);
}
