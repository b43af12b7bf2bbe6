using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Edge;

namespace Platform.Api.Tests.Edge;

public sealed class CursorTests
{
    [Fact]
    public void A_cursor_by_time_is_read_again() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<Guid, int>((id, minutes) =>
    {
        var time = DateTimeOffset.UnixEpoch.AddMinutes(minutes);
        return Cursor.ReadTime(Cursor.Of(time, id)) == (time, id);
    }));

    [Fact]
    public void A_cursor_by_key_is_read_again() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<Guid>(id => Cursor.ReadKey(Cursor.Of(id.ToString())) == id.ToString()));

    [Fact]
    public void Any_other_text_is_refused_with_its_code() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<string>(text =>
    {
        try
        {
            return Cursor.ReadTime(text) is var read && (text is null ? read is null : Cursor.Of(read!.Value.Time, read.Value.Id) == text);
        }
        catch (ApiException exception)
        {
            return exception.Code == ErrorCodes.CursorInvalid;
        }
    }));

    [Fact]
    public void A_cursor_of_one_list_is_refused_by_another() => Assert.Throws<ApiException>(() => Cursor.ReadTime(Cursor.Of("info@acme.test")));
}
