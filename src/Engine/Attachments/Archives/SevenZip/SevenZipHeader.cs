namespace Platform.Engine.Attachments.Archives.SevenZip;

/// <summary>What the header of a 7z file says: where packed streams stand, through which coders they go, which files come out.</summary>
internal sealed class SevenZipHeader
{
    private const int MostItems = Unpacking.MostNames;

    public long PackStart { get; private set; }

    public List<long> PackLengths { get; } = [];

    public List<SevenZipFolder> Folders { get; } = [];

    /// <summary>Names in order, and whether the file has a stream.</summary>
    public List<(string Name, bool HasStream)> Files { get; } = [];

    /// <summary>What was read of it; the header is broken when <paramref name="isWhole"/> is false.</summary>
    public static SevenZipHeader Read(ReadOnlyMemory<byte> octets, out bool isWhole)
    {
        var header = new SevenZipHeader();
        try
        {
            var input = new SevenZipInput(octets);
            var id = input.Octet();
            if (id == 0x01)
                header.ReadHeader(input);
            else if (id == 0x17)
                header.ReadStreams(input);
            isWhole = id is 0x01 or 0x17;
        }
        catch (InvalidDataException)
        {
            isWhole = false;
        }

        return header;
    }

    private void ReadHeader(SevenZipInput input)
    {
        for (var id = input.Octet(); id != 0; id = input.Octet())
        {
            if (id == 0x04)
                ReadStreams(input);
            else if (id == 0x05)
                ReadFiles(input);
            else if (id == 0x02)
                SkipProperties(input);
            else
                throw new InvalidDataException();
        }
    }

    private static void SkipProperties(SevenZipInput input)
    {
        while (input.Octet() != 0)
            input.Skip(input.Number());
    }

    private void ReadStreams(SevenZipInput input)
    {
        for (var id = input.Octet(); id != 0; id = input.Octet())
        {
            if (id == 0x06)
                ReadPacked(input);
            else if (id == 0x07)
                ReadFolders(input);
            else if (id == 0x08)
                ReadSubStreams(input);
            else
                throw new InvalidDataException();
        }

        foreach (var folder in Folders.Where(folder => folder.Files.Count == 0 && folder.Lengths.Count > 0))
            folder.Files.Add((MainLength(folder), folder.Crc));
    }

    private void ReadPacked(SevenZipInput input)
    {
        PackStart = input.Number();
        var count = input.Count(MostItems);
        for (var id = input.Octet(); id != 0; id = input.Octet())
        {
            if (id == 0x09)
                for (var index = 0; index < count; index++)
                    PackLengths.Add(input.Number());
            else if (id == 0x0A)
                _ = input.Digests(count);
            else
                throw new InvalidDataException();
        }
    }

    private void ReadFolders(SevenZipInput input)
    {
        if (input.Octet() != 0x0B)
            throw new InvalidDataException();
        var count = input.Count(MostItems);
        if (input.Octet() != 0)
            throw new InvalidDataException();
        var packed = 0;
        for (var index = 0; index < count; index++)
        {
            var folder = ReadFolder(input);
            folder.FirstPacked = packed;
            packed += folder.PackedInputs.Count;
            Folders.Add(folder);
        }

        for (var id = input.Octet(); id != 0; id = input.Octet())
        {
            if (id == 0x0C)
                foreach (var folder in Folders)
                    folder.Lengths.AddRange(Enumerable.Range(0, folder.Coders.Sum(coder => coder.Outputs)).Select(_ => input.Number()));
            else if (id == 0x0A)
                foreach (var (folder, sum) in Folders.Zip(input.Digests(count)))
                    folder.Crc = sum;
            else
                throw new InvalidDataException();
        }
    }

    private static SevenZipFolder ReadFolder(SevenZipInput input)
    {
        const int mostCoders = 8, mostStreams = 8;
        var folder = new SevenZipFolder();
        var coders = input.Count(mostCoders);
        int inputs = 0, outputs = 0;
        for (var index = 0; index < coders; index++)
        {
            int flags = input.Octet(), idLength = flags & 15;
            if (idLength > 8 || (flags & 0x80) != 0)
                throw new InvalidDataException();
            ulong id = 0;
            for (var octet = 0; octet < idLength; octet++)
                id = (id << 8) | input.Octet();
            var complex = (flags & 0x10) != 0;
            int ins = complex ? input.Count(mostStreams) : 1, outs = complex ? input.Count(mostStreams) : 1;
            folder.Coders.Add(new SevenZipCoder(id, ins, outs, (flags & 0x20) != 0 ? input.Take(input.Number()) : ReadOnlyMemory<byte>.Empty));
            inputs += ins;
            outputs += outs;
        }

        for (var bond = 0; bond < outputs - 1; bond++)
            folder.Bonds.Add((input.Count(mostCoders * mostStreams), input.Count(mostCoders * mostStreams)));
        var packed = inputs - (outputs - 1);
        if (packed == 1)
            folder.PackedInputs.Add(Enumerable.Range(0, inputs).FirstOrDefault(at => folder.Bonds.TrueForAll(bond => bond.Input != at)));
        else
            for (var index = 0; index < packed; index++)
                folder.PackedInputs.Add(input.Count(mostCoders * mostStreams));
        return folder;
    }

    private void ReadSubStreams(SevenZipInput input)
    {
        var counts = Folders.ConvertAll(_ => 1);
        var id = input.Octet();
        if (id == 0x0D)
        {
            for (var index = 0; index < counts.Count; index++)
                counts[index] = input.Count(MostItems);
            if (counts.Sum(count => (long)count) > MostItems)
                throw new InvalidDataException();
            id = input.Octet();
        }

        foreach (var (folder, count) in Folders.Zip(counts))
        {
            if (count == 0)
                continue;
            var left = MainLength(folder);
            for (var index = 0; index + 1 < count && id == 0x09; index++)
            {
                var length = input.Number();
                left -= length;
                folder.Files.Add((length, null));
            }

            folder.Files.Add((left, count == 1 ? folder.Crc : null));
        }

        if (id == 0x09)
            id = input.Octet();
        for (; id != 0; id = input.Octet())
        {
            if (id != 0x0A)
                throw new InvalidDataException();
            var unknown = Folders.SelectMany(folder => Enumerable.Range(0, folder.Files.Count).Where(at => folder.Files[at].Crc is null).Select(at => (folder, at))).ToList();
            foreach (var ((folder, at), sum) in unknown.Zip(input.Digests(unknown.Count)))
                folder.Files[at] = (folder.Files[at].Length, sum);
        }

        // A folder that says it holds nothing is not given its whole as one file.
        for (var index = 0; index < counts.Count; index++)
            if (counts[index] == 0)
                Folders[index].Lengths.Clear();
    }

    private static long MainLength(SevenZipFolder folder)
    {
        for (var output = folder.Lengths.Count - 1; output >= 0; output--)
            if (folder.Bonds.TrueForAll(bond => bond.Output != output))
                return folder.Lengths[output];
        return 0;
    }

    private void ReadFiles(SevenZipInput input)
    {
        var count = input.Count(MostItems);
        var names = new string[count];
        var empty = new bool[count];
        var emptyFiles = Array.Empty<bool>();
        for (var id = input.Octet(); id != 0; id = input.Octet())
        {
            var property = new SevenZipInput(input.Take(input.Number()));
            if (id == 0x0E)
                empty = property.Bits(count);
            else if (id == 0x0F)
                emptyFiles = property.Bits(empty.Count(none => none));
            else if (id == 0x11 && property.Octet() == 0)
                names = property.Names(count);
        }

        var at = 0;
        for (var index = 0; index < count; index++)
        {
            // Empty and no file: a folder.
            var isFolder = empty[index] && !(at < emptyFiles.Length && emptyFiles[at]);
            at += empty[index] ? 1 : 0;
            if (!isFolder)
                Files.Add((names[index] ?? "", !empty[index]));
        }
    }
}
