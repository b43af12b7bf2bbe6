namespace Platform.Scanning;

/// <summary>Settings section <c>Scanner</c>.</summary>
public sealed record ScannerPoolOptions
{
    public const string Section = "Scanner";

    /// <summary>Scanner processes, each holding one message at a time.</summary>
    public int Size { get; init; } = 2;

    /// <summary>A process that has not answered by then is killed.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A process that is not ready by then counts as one that cannot start.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Messages after which a process is replaced by a fresh one.</summary>
    public int RestartAfter { get; init; } = 20_000;

    /// <summary>Managed heap of one process in bytes; native memory is bounded at 256 MiB beyond it.</summary>
    public long MemoryLimitBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Requests that may wait for a free process; one more is answered <see cref="ScannerFailure.Unavailable"/>.</summary>
    public int MaxWaiting { get; init; } = 256;

    /// <summary>Largest message in bytes that is sent to a process.</summary>
    public int MaxMessageBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Path of Platform.ScannerHost.dll; null: beside the running program.</summary>
    public string? HostPath { get; init; }

    /// <summary>MMDB files (country, ASN) that replace the embedded network data.</summary>
    public IReadOnlyList<string> NetworkData { get; init; } = [];

    /// <summary>A public suffix list that replaces the embedded one; null for none. The platform's setting <c>Domains:PublicSuffixList</c>.</summary>
    public string? PublicSuffixList { get; init; }

    /// <summary>A model of the verb <c>train</c> that replaces the embedded one; null for none.</summary>
    public string? Model { get; init; }
    /// <summary>Files of YARA rules that a process looks for in decoded files; it must be able to read them as user nobody.</summary>
    public IReadOnlyList<string> YaraRules { get; init; } = [];

    /// <summary>
    /// Lets the header <c>X-Poison: crash|loop|overflow|allocate</c> harm the process that reads it.
    /// For tests of the pool; refused in Production.
    /// </summary>
    public bool PoisonForTests { get; init; }

    /// <summary>Lets the pool ask a process what its confinement denies.</summary>
    internal bool SelfTest { get; init; }

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Validate()
    {
        Check(Size is >= 1 and <= 256, "Scanner:Size must be 1 to 256.");
        Check(Deadline > TimeSpan.Zero, "Scanner:Deadline must be positive.");
        Check(StartTimeout > TimeSpan.Zero, "Scanner:StartTimeout must be positive.");
        Check(RestartAfter >= 1, "Scanner:RestartAfter must be 1 or more.");
        Check(MemoryLimitBytes >= 64L * 1024 * 1024, "Scanner:MemoryLimitBytes must be 64 MiB or more.");
        Check(MaxWaiting >= 0, "Scanner:MaxWaiting must not be negative.");
        Check(MaxMessageBytes >= 1, "Scanner:MaxMessageBytes must be 1 or more.");
    }

    private static void Check(bool holds, string message)
    {
        if (!holds)
            throw new ArgumentException(message);
    }
}
