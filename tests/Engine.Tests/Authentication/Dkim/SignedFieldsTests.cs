using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Tests.Authentication.Dkim;

public sealed class SignedFieldsTests
{
    [Fact]
    public void Mentions_take_fields_from_the_bottom_up()
    {
        var selected = Select("To: 1\r\nFrom: 2\r\nTo: 3\r\n", ["to", "From", "To"]);

        Assert.Equal([2, 1, 0], selected.Indices);
        Assert.Empty(selected.OverSigned);
        Assert.Empty(selected.Uncovered);
    }

    [Fact]
    public void Mentions_beyond_the_fields_are_over_signed()
    {
        Assert.Equal(["From", "Cc"], Select("From: 1\r\n", ["From", "From", "from", "Cc"]).OverSigned);
    }

    [Fact]
    public void A_field_added_on_top_is_not_covered()
    {
        var selected = Select("From: evil\r\nFrom: good\r\n", ["From"]);

        Assert.Equal([1], selected.Indices);
        Assert.Equal(["From"], selected.Uncovered);
    }

    [Fact]
    public void The_signature_itself_is_never_selected()
    {
        var selected = Select("DKIM-Signature: own\r\nDKIM-Signature: older\r\nFrom: x\r\n", ["dkim-signature", "dkim-signature"]);

        Assert.Equal([1], selected.Indices);
        Assert.Equal(["dkim-signature"], selected.OverSigned);
        Assert.Empty(selected.Uncovered);
    }

    private static SignedFields Select(string header, string[] names) =>
        SignedFields.Select(RawMessage.Read(Encoding.ASCII.GetBytes(header + "\r\n")), names, header.StartsWith("DKIM", StringComparison.Ordinal) ? 0 : -1);
}
