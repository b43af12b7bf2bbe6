using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Archives.Streams;

/// <summary>
/// What a decoder unpacks to. Nothing an archive says of itself is believed: octets are asked of the budget as they come out, and
/// what no honest file is packed to is cut. Decoders that look back find their dictionary here, so that a declared one costs nothing.
/// </summary>
/// <param name="packed">Octets that it comes from.</param>
/// <param name="most">Where to stop without a word.</param>
/// <param name="cost">Work per octet; a fast method (stored, deflate) has 1.</param>
internal sealed class UnpackBuffer(ReadBudget budget, string path, long packed, long most = long.MaxValue, int cost = 1)
{
    private const int SuspiciousSize = 16 * 1024 * 1024;
    private const int HighestRatio = 200;

    // Where the mail's own bound cuts first, so much is enough to know what was cut.
    private const int SurelyPacked = 100;
    private const int FirstStep = 4 * 1024;
    private const int LargestStep = 1024 * 1024;

    private byte[] _octets = [];
    private int _granted;

    public int Length { get; private set; }

    /// <summary>A bound was met: no more is taken.</summary>
    public bool IsCut { get; private set; }

    public ReadOnlySpan<byte> Written => _octets.AsSpan(0, Length);

    /// <summary>False when not all of it was taken.</summary>
    public bool Write(ReadOnlySpan<byte> octets)
    {
        var taken = Room(octets.Length);
        octets[..taken].CopyTo(_octets.AsSpan(Length));
        Length += taken;
        return taken == octets.Length;
    }

    public bool Write(byte octet)
    {
        if (Length == _granted && Room(1) == 0)
            return false;
        _octets[Length++] = octet;
        return true;
    }

    /// <summary>Repeats what was written <paramref name="distance"/> octets ago; the two may overlap.</summary>
    public bool Repeat(int distance, int length)
    {
        if (distance <= 0 || distance > Length)
            return false;
        var taken = Room(length);
        var start = Length - distance;
        for (var done = 0; done < taken;)
        {
            // What is repeated already may be taken with it.
            var piece = Math.Min(taken - done, distance + done);
            _octets.AsSpan(start, piece).CopyTo(_octets.AsSpan(Length));
            Length += piece;
            done += piece;
        }

        return taken == length;
    }

    /// <summary>False when there is no more work to be done on this mail.</summary>
    public bool Work(long work) => budget.TakeUnpackWork(work, path);

    /// <summary>All that a stream gives, or so much of it.</summary>
    public bool Drain(Stream stream, long length = long.MaxValue)
    {
        var buffer = new byte[32 * 1024];
        while (Length < length)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, length - Length));
            if (read <= 0)
                break;
            if (!Write(buffer.AsSpan(0, read)) || !budget.HasTime(path))
                return false;
        }

        return true;
    }

    /// <summary>Lets a filter change what came since in place.</summary>
    public void Change(int since, Action<Memory<byte>> filter) => filter(_octets.AsMemory(since, Length - since));

    /// <summary>The octets, which may be changed in place until they are handed on.</summary>
    public Memory<byte> Take()
    {
        budget.ReturnUnpacked(_granted - Length);
        _granted = Length;
        return _octets.AsMemory(0, Length);
    }

    /// <summary>For what came out wrong: the octets do not count, the work does.</summary>
    public void Discard()
    {
        budget.ReturnUnpacked(_granted);
        (_octets, _granted, Length) = ([], 0, 0);
    }

    private int Room(int wanted)
    {
        var need = (long)Length + wanted;
        if (need <= _granted)
            return wanted;
        if (!IsCut)
            Grow(need);
        return (int)Math.Min(wanted, _granted - Length);
    }

    private void Grow(long need)
    {
        if (need > most)
        {
            IsCut = true;
            need = most;
        }

        if (need > SuspiciousSize && need > HighestRatio * Math.Max(1, packed))
        {
            budget.Cut("limit-archive-ratio", path, $"unpacks to more than {HighestRatio} times its size");
            IsCut = true;
            return;
        }

        var more = (int)Math.Min(need - _granted, int.MaxValue);
        var step = Math.Max(more, (int)Math.Min(budget.UnpackedLeft, Math.Clamp(Length, FirstStep, LargestStep)));
        var granted = budget.TakeUnpacked(step, path, cost);
        if (granted < more)
        {
            IsCut = true;
            if (Length > SuspiciousSize && Length > SurelyPacked * Math.Max(1, packed))
                budget.Cut("limit-archive-ratio", path, $"unpacks to more than {SurelyPacked} times its size");
        }

        _granted += granted;
        if (_granted > _octets.Length)
            Array.Resize(ref _octets, (int)Math.Max(_granted, Math.Min(_octets.Length * 2L, Array.MaxLength)));
    }
}
