using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Platform.Fuzz.Targets;

/// <summary>
/// The map into which code instrumented by SharpFuzz counts each branch it takes (the form of AFL: 65,536 counters, one a pair of
/// blocks). Without instrumentation it stays empty and mutation goes on blindly. It is never freed: such code writes into it to the end.
/// </summary>
internal sealed unsafe class CoverageMap
{
    private const int Size = 1 << 16;

    private readonly byte* _hits = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    public CoverageMap() => Trace.SharedMem = _hits;

    /// <summary>Pairs of blocks that any input has reached.</summary>
    public int Edges { get; private set; }

    public void Reset()
    {
        NativeMemory.Clear(_hits, Size);
        Trace.PrevLocation = 0;
    }

    /// <returns>True when the run since <see cref="Reset"/> went where none had gone, or more often by a power of two.</returns>
    public bool IsNew()
    {
        var isNew = false;
        var words = (ulong*)_hits;
        for (var word = 0; word < Size / sizeof(ulong); word++)
        {
            if (words[word] == 0)
                continue;
            for (var index = word * sizeof(ulong); index < (word + 1) * sizeof(ulong); index++)
            {
                if (_hits[index] == 0)
                    continue;
                var bucket = (byte)(1 << Math.Min(7, (int)Math.Log2(_hits[index])));
                if ((_seen[index] & bucket) != 0)
                    continue;
                if (_seen[index] == 0)
                    Edges++;
                _seen[index] |= bucket;
                isNew = true;
            }
        }

        return isNew;
    }
}
