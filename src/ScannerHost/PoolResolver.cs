using System.Text.Json;
using Platform.Engine.Authentication.Dns;
using Platform.Scanning.Protocol;

namespace Platform.ScannerHost;

/// <summary>
/// Asks the pool, which has the network that this process lacks, over the same pipes as all else. One question at a time; the
/// thread waits, as there is nothing else for it to do.
/// </summary>
internal sealed class PoolResolver(Stream input, Stream output) : IDnsResolver
{
    private readonly Lock _gate = new();

    /// <exception cref="IOException">The pool is gone.</exception>
    /// <exception cref="InvalidDataException">The answer is to another question.</exception>
    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!DnsName.IsName(name))
            return ValueTask.FromResult(new DnsAnswer(DnsStatus.NoDomain, []));
        return ValueTask.FromResult(Ask(new DnsQuestion(DnsName.WithoutLastDot(name).ToString(), type)).ToAnswer());
    }

    /// <summary>Any question, whether the pool will like it or not.</summary>
    internal DnsExchange Ask(DnsQuestion question)
    {
        lock (_gate)
            return Exchange(question);
    }

    private DnsExchange Exchange(DnsQuestion question)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new ResponseHeader { Question = question }, ScannerJson.Default.ResponseHeader);
        Frame.Write(output, header, []);
        var frame = Frame.Read(input, maxBodyBytes: 0) ?? throw new EndOfStreamException("The pool is gone.");
        var exchange = JsonSerializer.Deserialize(frame.Header, ScannerJson.Default.DnsExchange);
        if (exchange is null || exchange.Type != question.Type || !DnsName.AreSame(exchange.Name, question.Name))
            throw new InvalidDataException("The answer is to another question.");
        return exchange;
    }
}
