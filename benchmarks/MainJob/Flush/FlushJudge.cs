namespace Platform.Benchmarks.MainJob.Flush;

/// <summary>
/// Whether each 250 after DATA came after everything that makes its mail durable: body file flushed, then renamed, then its
/// folder flushed, then the rows written to the database's log and that flushed; in this order, between 354 and 250.
/// Which body file belongs to which mail is known by size: the mails are all of different size, and a larger mail
/// makes a larger file, so mails and files are matched rank by rank.
/// </summary>
internal static class FlushJudge
{
    /// <param name="sizes">Size of each accepted mail by the client's port, in the order in which that connection sent them.</param>
    /// <returns>Why each 250 that lacks something lacks it; empty when all are right.</returns>
    public static IReadOnlyList<string> WhatLacks(IReadOnlyList<SystemCall> calls, string dataDirectory, IReadOnlyDictionary<int, IReadOnlyList<int>> sizes)
    {
        var replies = FindReplies(calls, sizes);
        var expected = sizes.Values.Sum(s => s.Count);
        if (replies.Count != expected)
            return [.. Enumerable.Repeat($"{replies.Count} replies after DATA in the trace, {expected} mails accepted", expected)];

        var bodies = FindBodies(calls, dataDirectory, replies.Min(r => r.DataAt));
        if (bodies.Count != expected)
            return [.. Enumerable.Repeat($"{bodies.Count} body files in the trace, {expected} mails accepted", expected)];

        var logWrites = calls.Where(c => c.Name.StartsWith("pwrite", StringComparison.Ordinal) && IsMailLog(c.Path)).ToList();
        var logFlushes = calls.Where(c => c.Name is "fsync" or "fdatasync" && IsMailLog(c.Path) && c.Result == 0).ToList();
        var folderFlushes = calls.Where(c => c.Name == "fsync" && c.Result == 0).ToLookup(c => c.Path);
        return [.. replies.OrderBy(r => r.Size)
            .Zip(bodies.OrderBy(b => b.Size), (reply, body) => WhatLacks(reply, body, folderFlushes, logWrites, logFlushes))
            .OfType<string>()];
    }

    private static string? WhatLacks(Reply reply, BodyFile body, ILookup<string, SystemCall> folderFlushes, List<SystemCall> logWrites, List<SystemCall> logFlushes)
    {
        string? Lacks(string what) => $"mail of {reply.Size} bytes: {what}";
        if (body.CreatedAt < reply.DataAt)
            return Lacks("its body file was made before 354");
        if (body.FlushedAt is not { } flushed)
            return Lacks("its body file was not flushed after the last write");
        if (body.RenameStart is not { } renameStart || body.RenameEnd is not { } renamed || renameStart < flushed)
            return Lacks("its body file was not renamed after the flush");
        var folder = folderFlushes[body.Folder].Where(f => f.Start >= renamed).Select(f => f.End).DefaultIfEmpty(double.MaxValue).Min();
        if (folder > reply.RepliedAt)
            return Lacks("the folder was not flushed between rename and 250");
        var written = logWrites.FirstOrDefault(w => w.Start >= folder && w.End <= reply.RepliedAt);
        if (written is null)
            return Lacks("nothing was written to the database's log between the body's flushes and 250");
        return logFlushes.Any(f => f.Start >= written.End && f.End <= reply.RepliedAt) ? null : Lacks("the database's log was not flushed before 250");
    }

    /// <summary>The write-ahead log of the database that holds mails; search index, identity and grains have files of their own.</summary>
    private static bool IsMailLog(string path) => Path.GetFileName(path) == "platform.db-wal";

    private static List<Reply> FindReplies(IReadOnlyList<SystemCall> calls, IReadOnlyDictionary<int, IReadOnlyList<int>> sizes)
    {
        List<Reply> replies = [];
        Dictionary<int, double> inData = [];
        Dictionary<int, int> count = [];
        foreach (var call in calls.Where(c => c.Name is "sendto" or "sendmsg" or "write" or "writev").OrderBy(c => c.Start))
        {
            if (PeerPort(call.Path) is not { } port || !sizes.TryGetValue(port, out var sent))
                continue;
            // The first line of what is sent answers the data; a 354 stands last, behind the replies to the rest of a pipelined group.
            var text = TraceReader.Unescape(string.Concat(call.Strings));
            if (inData.Remove(port, out var since) && text.StartsWith("250", StringComparison.Ordinal) && count.GetValueOrDefault(port) < sent.Count)
            {
                replies.Add(new Reply(sent[count.GetValueOrDefault(port)], since, call.Start));
                count[port] = count.GetValueOrDefault(port) + 1;
            }

            if (text.StartsWith("354", StringComparison.Ordinal) || text.Contains("\n354", StringComparison.Ordinal))
                inData[port] = call.Start;
        }

        return replies;
    }

    // "TCP:[127.0.0.1:2525->127.0.0.1:40000]": the client's port stands last.
    private static int? PeerPort(string path) =>
        path.StartsWith("TCP", StringComparison.Ordinal) && path.LastIndexOf(':') is > 0 and var colon && int.TryParse(path[(colon + 1)..].TrimEnd(']'), out var port) ? port : null;

    private static List<BodyFile> FindBodies(IReadOnlyList<SystemCall> calls, string dataDirectory, double since)
    {
        Dictionary<string, BodyFile> open = [];
        List<BodyFile> bodies = [];
        foreach (var call in calls.Where(c => c.Start >= since && c.Result >= 0).OrderBy(c => c.Start))
        {
            switch (call.Name)
            {
                case "openat" when call.Arguments.Contains("O_CREAT", StringComparison.Ordinal) && call.Strings is [var path, ..] && IsBody(path, dataDirectory):
                    open[path] = new BodyFile { CreatedAt = call.Start };
                    break;
                case "write" or "pwrite64" or "writev" or "pwritev" when open.TryGetValue(call.Path, out var written):
                    written.Size += call.Result;
                    written.WrittenAt = Math.Max(written.WrittenAt, call.End);
                    // A flush that began before this write covers it not.
                    written.FlushedAt = null;
                    break;
                case "fsync" or "fdatasync" when open.TryGetValue(call.Path, out var flushed) && call.Start >= flushed.WrittenAt:
                    flushed.FlushedAt ??= call.End;
                    break;
                case "rename" or "renameat" or "renameat2" when call.Strings is [var from, var to, ..] && open.Remove(from, out var renamed):
                    renamed.RenameStart = call.Start;
                    renamed.RenameEnd = call.End;
                    renamed.Folder = Path.GetDirectoryName(to) ?? "";
                    bodies.Add(renamed);
                    break;
            }
        }

        return bodies;
    }

    private static bool IsBody(string path, string dataDirectory) =>
        path.StartsWith(dataDirectory, StringComparison.Ordinal)
        && !path.StartsWith(Path.Combine(dataDirectory, "delivered"), StringComparison.Ordinal)
        && !path.Contains(".db", StringComparison.Ordinal);

    private sealed record Reply(int Size, double DataAt, double RepliedAt);

    private sealed class BodyFile
    {
        public required double CreatedAt { get; init; }
        public long Size { get; set; }
        public double WrittenAt { get; set; }
        public double? FlushedAt { get; set; }
        public double? RenameStart { get; set; }
        public double? RenameEnd { get; set; }
        public string Folder { get; set; } = "";
    }
}
