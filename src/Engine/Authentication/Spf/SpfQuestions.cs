using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Spf;

/// <summary>Asks for one term, and keeps what was asked.</summary>
internal sealed class SpfQuestions(IDnsResolver dns)
{
    private readonly List<SpfQuestion> _asked = [];

    public IReadOnlyList<SpfQuestion> Asked => _asked;

    public async ValueTask<DnsAnswer> AskAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(name, type, cancellationToken);
        _asked.Add(new SpfQuestion(name, type, answer.Status));
        return answer;
    }
}
