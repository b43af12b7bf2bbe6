using Platform.Engine.Attachments.Office;

namespace Platform.Engine.Tests.Attachments.Office;

public sealed class RemoteTargetTests
{
    [Theory]
    [InlineData("http://templates.example/a.dotm", nameof(RemoteKind.Web))]
    [InlineData("http://192.168.1.4/a.dotm", nameof(RemoteKind.Near))]
    [InlineData("http://x.…teµ'/a", nameof(RemoteKind.Web))]
    [InlineData("mhtml:http://templates.example/a", nameof(RemoteKind.Moniker))]
    public void Where_a_document_fetches_from_is_told(string target, string kind) => Assert.Equal(kind, RemoteTarget.KindOf(target).ToString());
}
