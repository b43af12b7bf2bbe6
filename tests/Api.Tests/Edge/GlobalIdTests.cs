using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Edge;

namespace Platform.Api.Tests.Edge;

public sealed class GlobalIdTests
{
    [Fact]
    public void What_was_given_out_is_read_again() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<Guid>(id =>
        Enum.GetValues<NodeKind>().All(kind => GlobalId.TryRead(GlobalId.Of(kind, id), out var readKind, out var read) && readKind == kind && read == id)));

    [Fact]
    public void No_other_text_is_an_id() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<string>(text =>
        !GlobalId.TryRead(text ?? "", out var kind, out var id) || GlobalId.Of(kind, id) == text));

    [Fact]
    public void An_id_of_another_kind_is_not_found() => Assert.Null(GlobalId.Find(GlobalId.Of(NodeKind.Tenant, Guid.NewGuid()), NodeKind.Message));

    [Theory]
    [InlineData("")]
    [InlineData("AQGiC-krAHEFsttdBvzlG0N")]
    [InlineData("AQGiC-krAHEFsttdBvzlG0=")]
    [InlineData("/wGiC-krAHEFsttdBvzlG0M")]
    [InlineData("AQGiC-krAHEFsttdBvzlG0MA")]
    public void Changed_ids_are_none(string text) => Assert.False(GlobalId.TryRead(text, out _, out _));
}
