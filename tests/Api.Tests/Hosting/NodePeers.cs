using System.ComponentModel;
using System.Diagnostics;

namespace Platform.Api.Tests.Hosting;

/// <summary>The npm packages of tests/peers, installed once into artifacts/peers. Absent node or registry: the test is skipped by name.</summary>
internal static class NodePeers
{
    private static readonly SemaphoreSlim Installing = new(1, 1);

    /// <summary>The node_modules folder.</summary>
    public static async Task<string> InstalledAsync(string needs, CancellationToken cancellationToken)
    {
        var folder = RepositoryFile.Path("artifacts/peers");
        var modules = Path.Combine(folder, "node_modules");
        await Installing.WaitAsync(cancellationToken);
        try
        {
            if (Directory.Exists(Path.Combine(modules, needs)))
                return modules;
            Directory.CreateDirectory(folder);
            foreach (var file in new[] { "package.json", "package-lock.json" })
                File.Copy(RepositoryFile.Path("tests/peers/" + file), Path.Combine(folder, file), overwrite: true);
            var (exit, output) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, cancellationToken);
            if (exit != 0)
                Absent($"npm package {needs}: npm ci ended with {exit}: {output}");
            return modules;
        }
        catch (Win32Exception exception)
        {
            Absent("node and npm: " + exception.Message);
            throw;
        }
        finally
        {
            Installing.Release();
        }
    }

    /// <param name="input">What it reads on its standard input.</param>
    public static async Task<(int Exit, string Output)> RunAsync(string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken, string input = "")
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private static void Absent(string part)
    {
        if (Environment.GetEnvironmentVariable("REQUIRE_PARTS") == "1")
            Assert.Fail("Required part is absent: " + part);
        Assert.Skip("Part is absent: " + part);
    }
}
