using System.Collections.Concurrent;
using System.Net;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.MainJob.Flush;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// The product under a system-call tracer while mails are sent, one after another and over four connections: kill -9 proves
/// nothing about flushes, since the page cache survives it, so the order of the calls themselves is read.
/// </summary>
internal sealed class FlushOrderBench : IBench
{
    private const int Mails = 200;
    private const string Traced = "openat,rename,renameat,renameat2,fsync,fdatasync,write,writev,pwrite64,pwritev,sendto,sendmsg";

    public IReadOnlyList<string> Figures => ["flush-order"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var inOrder = await RunAsync(context, connections: 1, cancellationToken);
        var atOnce = await RunAsync(context, connections: 4, cancellationToken);
        var lacking = inOrder.Count + atOnce.Count;
        foreach (var what in inOrder.Concat(atOnce).Distinct().Take(10))
            context.Progress.Say(what);
        return
        [
            new Figure("flush-order", lacking, "250s without all flushes before them", "0", lacking == 0)
            {
                Detail = $"{Mails} mails one after another: {inOrder.Count}; {Mails} over 4 connections: {atOnce.Count}"
                    + (lacking > 0 ? $"; for example: {inOrder.Concat(atOnce).First()}" : ""),
            },
        ];
    }

    private static async Task<IReadOnlyList<string>> RunAsync(BenchContext context, int connections, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("flush");
        var trace = Path.Combine(folder.Path, "trace");
        var settings = new ProductSettings(context.Workspace, folder.Sub("data"))
        {
            Under = [Programs.Require("strace"), "-f", "--seccomp-bpf", "-ttt", "-T", "-yy", "-s", "600", "-e", "trace=" + Traced, "-e", "signal=none", "-o", trace],
            ReadyWithin = TimeSpan.FromMinutes(3),
        };
        ConcurrentDictionary<int, IReadOnlyList<int>> sizes = new();
        await using (var product = await RunningProduct.StartAsync(settings, cancellationToken))
        {
            context.Progress.Say($"traced product ready after {product.ReadyAfter.TotalSeconds:F1} s; {Mails} mails over {connections} connection(s)");
            var mails = MakeMails(context);
            await Task.WhenAll(mails.Chunk(Mails / connections).Select(chunk => SendAsync(product.Smtp, chunk, sizes, cancellationToken)));
        }

        var accepted = sizes.Values.Sum(s => s.Count);
        if (accepted != Mails)
            return [.. Enumerable.Repeat($"only {accepted} of {Mails} mails were accepted under the tracer", Mails)];
        return FlushJudge.WhatLacks([.. TraceReader.Read(File.ReadLines(trace))], settings.DataDirectory, sizes);
    }

    // Every mail of another size, in random order.
    private static OutgoingMail[] MakeMails(BenchContext context)
    {
        var factory = new MailFactory("flush", context.RandomFor("flush"));
        var sizes = Enumerable.Range(0, Mails).Select(i => 4_000 + (i * 64)).ToArray();
        context.RandomFor("flush-sizes").Shuffle(sizes);
        return [.. sizes.Select(size => factory.CleanOfExactly(size, "info@acme.test"))];
    }

    private static async Task SendAsync(IPEndPoint server, OutgoingMail[] mails, ConcurrentDictionary<int, IReadOnlyList<int>> sizes, CancellationToken cancellationToken)
    {
        // One connection for all of them, so that the trace's port tells whose reply it is; a new one where a session's limit ends it.
        var rest = mails.AsMemory();
        while (!rest.IsEmpty)
        {
            await using var wire = await SmtpWire.ConnectAsync(server, cancellationToken);
            await wire.GreetAsync("mail.partner.example", cancellationToken);
            List<int> accepted = [];
            while (!rest.IsEmpty && await TrySendAsync(wire, rest.Span[0], cancellationToken))
            {
                accepted.Add(rest.Span[0].Bytes.Length);
                rest = rest[1..];
            }

            if (accepted.Count == 0)
                return;
            sizes[wire.LocalPort] = accepted;
        }
    }

    private static async Task<bool> TrySendAsync(SmtpWire wire, OutgoingMail mail, CancellationToken cancellationToken)
    {
        foreach (var command in mail.Envelope(eightBit: false).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (!(await wire.CommandAsync(command, cancellationToken)).Positive)
                return false;
        }

        await wire.WriteAsync(mail.Wire, cancellationToken);
        return (await wire.ReadReplyAsync(cancellationToken)).Code == 250;
    }
}
