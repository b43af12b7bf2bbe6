using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Platform.Engine;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Grains.Inspection;

/// <summary>The people of a tenant, for display-name impersonation: bounded, and read again only now and then, since every scan asks.</summary>
internal sealed class TenantPeople(IPlatformDbFactory databases, FlowSettings settings, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, Reading> _readings = new();

    public async ValueTask<IReadOnlyList<Person>> OfAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_readings.TryGetValue(tenantId, out var reading) && now - reading.At < settings.Inspection.PeopleAge)
            return reading.People;

        await using var database = databases.Open(Scope.System(tenantId, "scan"));
        var people = await database.Mailboxes.AsNoTracking()
            .Where(m => m.TenantId == tenantId && m.DisplayName != null && m.DisplayName != "")
            .OrderBy(m => m.Address)
            .Take(settings.Inspection.MaxPeople)
            .Select(m => new Person(m.DisplayName!, m.Address))
            .ToListAsync(cancellationToken);
        _readings[tenantId] = new Reading(now, people);
        return people;
    }

    private sealed record Reading(DateTimeOffset At, IReadOnlyList<Person> People);
}
