using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Imports;

namespace Platform.Grains.Tests.Imports;

public sealed class ImportIdsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_place_always_has_the_same_id()
    {
        Prop.ForAll<Guid, int>((job, index) => ImportIds.MessageAt(job, At, index) == ImportIds.MessageAt(job, At, index)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Jobs_places_and_recipients_never_share_an_id()
    {
        Guid[] jobs = [Guid.NewGuid(), Guid.NewGuid()];
        var ids = jobs.SelectMany(job => Enumerable.Range(0, 100).SelectMany(i => new[]
        {
            ImportIds.MessageAt(job, At, i), ImportIds.DeliveryAt(job, At, i, 0), ImportIds.DeliveryAt(job, At, i, 1),
        }));

        Assert.Equal(600, ids.Distinct().Count());
    }

    [Fact]
    public void An_id_is_a_version_7_uuid_of_the_jobs_time()
    {
        var id = ImportIds.MessageAt(Guid.NewGuid(), At, 3);

        Assert.Equal((7, At.ToUnixTimeMilliseconds()), (id.Version, Convert.ToInt64(id.ToString("N")[..12], 16)));
    }
}
