using System.Text;
using Platform.Engine.Detectors.Words;

namespace Platform.Engine.Tests.Detectors.Words;

public sealed class ParcelAndDocumentLureTests
{
    private static readonly byte[] Page = Encoding.ASCII.GetBytes("<html><body><form><input type=password></form></body></html>");

    [Theory]
    [InlineData("Your parcel could not be delivered: incorrect address. Pay the fee to reschedule: http://parcel-desk.test/x")]
    [InlineData("お荷物をお届けに上がりましたが不在のため持ち帰りました。再配達はこちら http://parcel-desk.test/x")]
    [InlineData("택배 배송 주소 불일치로 반송됩니다. 주소 확인 http://parcel-desk.test/x")]
    public void A_parcel_with_a_demand_and_a_foreign_link_is_seen(string text)
    {
        Assert.Equal(["parcel-lure"], new TestMail { Text = text }.SignsOf(new ParcelLure()));
    }

    [Theory]
    [InlineData("Your parcel is on its way: customs clearance is done. Shipping fee paid. https://partner.example/track")]
    [InlineData("Your package arrives tomorrow, see https://www.dhl.com/track. No redelivery fee for your parcel.")]
    [InlineData("The parcel with the samples arrived, thank you.")]
    public void A_carriers_or_senders_own_link_passes(string text)
    {
        Assert.Empty(new TestMail { Text = text }.SignsOf(new ParcelLure()));
    }

    [Fact]
    public void The_own_link_of_an_author_under_a_borrowed_name_vouches_for_nothing()
    {
        var mail = new TestMail { From = "佐川急便 <info@parcel-desk.top>", Text = "お荷物をお届けに上がりましたが不在のため持ち帰りました。再配達はこちら http://parcel-desk.top/x" };
        Assert.Equal(["parcel-lure"], mail.SignsOf(new ParcelLure()));
    }

    [Theory]
    [InlineData("The court notice is ready. See attached.", "notice.html", "document-lure")]
    [InlineData("公文書をお送りします。添付資料をご確認ください。", "資料.html", "document-lure")]
    [InlineData("논문 심사 의뢰 건입니다. 첨부파일을 확인해 주세요.", "paper.html", "document-lure")]
    [InlineData("Kindly quote the attached purchase order.", "PO-2231.html", "business-document-lure")]
    public void A_document_that_is_none_is_seen(string text, string name, string sign)
    {
        Assert.Contains(sign, new TestMail { Text = text, Files = [(name, Page)] }.SignsOf(new DocumentLure()));
    }

    [Theory]
    [InlineData("A secure document has been shared with you. View document: https://files-share.weebly.com/x")]
    [InlineData("A secure document has been shared with you. View document: https://www.google.com/url?q=https://evil.example.net/x")]
    [InlineData("論文の原稿を共有します。こちらからご覧ください http://198.51.100.7/x")]
    public void A_document_behind_a_page_of_anybody_is_seen(string text)
    {
        Assert.Equal(["document-lure"], new TestMail { Text = text }.SignsOf(new DocumentLure()));
    }

    [Theory]
    [InlineData("The purchase order is attached.", "PO-2231.pdf")]
    [InlineData("論文の原稿を添付いたします。", "原稿.pdf")]
    [InlineData("The court notice is attached, see attached.", "notice.docx")]
    public void Real_documents_pass(string text, string name)
    {
        Assert.Empty(new TestMail { Text = text, Files = [(name, "%PDF-1.7 1 0 obj"u8.ToArray())] }.SignsOf(new DocumentLure()));
    }

    [Fact]
    public void A_document_on_the_senders_own_site_passes()
    {
        Assert.Empty(new TestMail { Text = "The research paper: download here https://www.partner.example/paper" }.SignsOf(new DocumentLure()));
    }
}
