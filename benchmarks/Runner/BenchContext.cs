using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Benchmarks.Runner;

/// <summary>What every bench may use: options, places, a seeded source of chance, and a line to the person who waits.</summary>
internal sealed class BenchContext(BenchOptions options, Workspace workspace, Progress progress)
{
    private static readonly TimeSpan QuickRun = TimeSpan.FromSeconds(590);

    public BenchOptions Options { get; } = options;

    public Workspace Workspace { get; } = workspace;

    public Progress Progress { get; } = progress;

    /// <summary>What is left of the ten minutes that a quick run may take; for the last bench, which waits for others' programs.</summary>
    public TimeSpan QuickTimeLeft => QuickRun - Progress.Elapsed;

    /// <summary>The quick value under <c>--quick</c>.</summary>
    public T Scaled<T>(T full, T quick) => Options.Quick ? quick : full;

    /// <summary>The same seed and name give the same sequence, whatever else runs.</summary>
    public Random RandomFor(string name) => new(Options.Seed ^ BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))));
}
