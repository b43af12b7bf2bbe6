using System.Text;
using System.Text.Json;

namespace Platform.Benchmarks.Isolation;

/// <summary>A REST route as the OpenAPI document tells it.</summary>
internal sealed record ProbedRoute(string Method, string Path, bool TakesTenant)
{
    private const string Message = "From: probe@probe.test\r\nTo: probe@probe.test\r\nSubject: probe\r\n\r\nprobe\r\n";

    public string Name => $"{Method} {Path}";

    public static IEnumerable<ProbedRoute> Read(string openApi)
    {
        using var document = JsonDocument.Parse(openApi);
        return [.. document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => new ProbedRoute(
            operation.Name.ToUpperInvariant(),
            path.Name,
            operation.Value.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray().Any(parameter => parameter.GetProperty("name").GetString() == "tenant"))))];
    }

    /// <summary>The route with each id in its path, as its tenant, and in its body.</summary>
    public IEnumerable<ProbedRequest> Requests(IReadOnlyList<string> ids)
    {
        IEnumerable<string> paths = Path.Contains("{id}", StringComparison.Ordinal) ? ids.Select(id => Path.Replace("{id}", id, StringComparison.Ordinal)) : [Path];
        foreach (var path in paths)
        {
            if (TakesTenant)
            {
                foreach (var id in ids)
                    yield return Request(path + "?fileName=probe.eml&tenant=" + id, null);
            }

            yield return Request(path, null);
            if (Method != "POST" && !(IsScim && Method is "PUT" or "PATCH"))
                continue;
            foreach (var id in ids)
                yield return Request(path, id);
        }
    }

    /// <summary>A user, a group with the id as its member, and a change that adds it, in one.</summary>
    private static string ScimBody(string? id)
    {
        object[] members = id is null ? [] : [new { value = id }];
        return JsonSerializer.Serialize(new { userName = "probe@probe.test", displayName = "probe", active = false, members, Operations = new[] { new { op = "add", path = "members", value = members } } });
    }

    private bool IsScim => Path.StartsWith("/scim/", StringComparison.Ordinal);

    private ProbedRequest Request(string path, string? tenant) => Method is not ("POST" or "PATCH" or "PUT")
        ? new ProbedRequest(Method, path, null, null)
        : IsScim ? new ProbedRequest(Method, path, ScimBody(tenant), null)
        : TakesTenant
            ? new ProbedRequest(Method, path, null, Encoding.ASCII.GetBytes(Message))
            : new ProbedRequest(Method, path, JsonSerializer.Serialize(new { tenant, name = "probe", address = "probe", slug = "probe", language = "en", route = "maildir:probe", list = "block", value = "probe.example", url = "probe" }), null);
}

internal sealed record ProbedRequest(string Method, string Path, string? Json, byte[]? File)
{
    /// <summary>All that the sender put in, and so may find again in the answer.</summary>
    public string Sent => Path + Json;
}

internal sealed record ProbedAnswer(int Status, string Headers, string Body)
{
    /// <exception cref="InvalidOperationException">The request was turned away at the door, so that nothing was tried.</exception>
    public ProbedAnswer Taken() => Status is 401 or 429 ? throw new InvalidOperationException($"A probe was turned away with {Status}: {Body}") : this;
}
