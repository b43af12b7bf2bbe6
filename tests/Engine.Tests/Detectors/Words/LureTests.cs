using Platform.Engine.Detectors;
using Platform.Engine.Detectors.Words;
using Platform.Engine.Tests.Attachments.Pdf;

namespace Platform.Engine.Tests.Detectors.Words;

/// <summary>Lures in words: hostile and ordinary mails side by side, in the languages of the product.</summary>
public sealed class LureTests
{
    private static readonly Dictionary<string, IDetector> Detectors = new()
    {
        ["credential"] = new CredentialLure(),
        ["bank"] = new BankDetailsChange(),
        ["payment"] = new PaymentPressure(),
        ["gift-card"] = new GiftCardRequest(),
        ["advance-fee"] = new AdvanceFee(),
        ["extortion"] = new Extortion(),
        ["call-back"] = new CallBackLure(),
        ["urgency"] = new Urgency(),
        ["spam"] = new SpamWords(),
    };

    [Theory]
    [InlineData("credential", "Your mailbox is full. Click here to verify.", "credential-lure")]
    [InlineData("credential", "We noticed unusual sign-in activity. Please verify your account.", "credential-lure")]
    [InlineData("credential", "お客様のアカウントが一時的に制限されました。以下のリンクよりログインして情報を更新してください。", "credential-lure")]
    [InlineData("credential", "カードのご利用を一部制限させていただいております。ご本人確認をお願いします。", "credential-lure")]
    [InlineData("credential", "회원님의 계정이 정지되었습니다. 아래 링크를 클릭하여 본인 확인을 해주세요.", "credential-lure")]
    [InlineData("credential", "Ihr Konto wurde vorübergehend gesperrt. Klicken Sie hier.", "credential-lure")]
    [InlineData("credential", "Your p\u00adassword has exp\u200bired. Your pass\u00adword will expire. Click here to update", "credential-lure")]
    [InlineData("credential", "Your account will be closed at your request on Friday.", "account-threat")]
    [InlineData("bank", "Please note that our bank details have changed. Kindly use the new account.", "bank-details-change")]
    [InlineData("bank", "このたび振込先が変更となりましたので、ご連絡いたします。", "bank-details-change")]
    [InlineData("bank", "거래 계좌가 변경되었습니다.", "bank-details-change")]
    [InlineData("bank", "I would like to update my direct deposit before the next payroll.", "bank-details-change")]
    [InlineData("payment", "I need you to process a payment today. Keep this confidential, I am in a meeting.", "payment-pressure")]
    [InlineData("payment", "至急、下記口座へ送金をお願いします。本件は極秘でお願いします。", "payment-pressure")]
    [InlineData("payment", "긴급히 송금 부탁드립니다.", "payment-pressure")]
    [InlineData("payment", "Are you at your desk? I need a quick task done.", "secrecy-request")]
    [InlineData("payment", "LINEグループを作成し、QRコードを送ってください。", "secrecy-request")]
    [InlineData("gift-card", "Can you get some Google Play cards? Scratch the back and send me the codes.", "gift-card-request")]
    [InlineData("gift-card", "アマゾンギフトを購入して、裏面の番号を写真で送ってください。", "gift-card-request")]
    [InlineData("gift-card", "기프트카드를 구매하여 핀번호를 보내주세요.", "gift-card-request")]
    [InlineData("advance-fee", "Dear friend, I am a barrister. My late client died without a next of kin and left ten million dollars. Your share is 40 %.", "advance-fee")]
    [InlineData("advance-fee", "未亡人です。遺産の三億円を寄付します。弁護士にご連絡ください。", "advance-fee")]
    [InlineData("advance-fee", "유산 상속 건입니다. 백만 달러를 기부하고자 합니다. 변호사에게 연락 주세요.", "advance-fee")]
    [InlineData("advance-fee", "You have won the lottery. Contact the claims agent.", "advance-fee-traits")]
    [InlineData("extortion", "I recorded you through your camera and have all your contacts. Send 500 dollars in bitcoin.", "extortion")]
    [InlineData("extortion", "あなたを録画しました。48時間以内に支払わなければ、すべての連絡先に送信します。ビットコインで送金してください。", "extortion")]
    [InlineData("extortion", "당신을 녹화했습니다. 비트코인을 보내지 않으면 모든 연락처에 영상을 유포합니다.", "extortion")]
    [InlineData("extortion", "I hacked your device and installed a trojan; I have access to your files.", "extortion-traits")]
    [InlineData("call-back", "Your subscription has been renewed and 399.99 USD will be charged. To cancel call +1 (888) 555-0142.", "call-back-lure")]
    [InlineData("call-back", "ウイルスに感染しました。料金が発生しています。キャンセルする場合はお電話ください 03-1234-5678", "call-back-lure")]
    [InlineData("call-back", "해외결제 승인되었습니다. 본인 아닐 시 고객센터로 전화 주세요 02-123-4567", "call-back-lure")]
    [InlineData("extortion", "We copied 240 GB of your design files and contracts. You have 72 hours to contact us, otherwise all is published on our leak blog.", "extortion")]
    [InlineData("call-back", "Your Geek Squad protection plan was renewed. To cancel or dispute reach us at 1 -(8 0 8)- 5 5 5 -0 1 4 2.", "call-back-lure")]
    [InlineData("urgency", "Final notice: act immediately and make a payment.", "urgency")]
    [InlineData("urgency", "【緊急】本日中にご対応ください。至急お支払いをお願いします。", "urgency")]
    [InlineData("spam", "Cheap meds from our online pharmacy", "spam-words")]
    [InlineData("spam", "Viagra, Cialis, casino bonus, weight loss, lowest price", "spam-words-many")]
    public void Hostile_words_are_seen(string detector, string text, string sign)
    {
        Assert.Contains(sign, new TestMail { Text = text }.SignsOf(Detectors[detector]));
    }

    [Theory]
    [InlineData("credential", "You asked for a new password. Click here to choose one. If it was not you, ignore this mail.")]
    [InlineData("credential", "Welcome! Please verify your account by clicking the link.")]
    [InlineData("credential", "パスワードの再設定はこちらからお手続きください。")]
    [InlineData("credential", "Please find the agenda attached.")]
    [InlineData("payment", "PTAの連絡用にLINEグループを作成しました。参加をご希望の方はご返信ください。")]
    [InlineData("bank", "The bank holiday changes our opening hours.")]
    [InlineData("bank", "銀行の営業時間についてお知らせします。")]
    [InlineData("payment", "Your invoice for November is attached. Payment is due in 30 days.")]
    [InlineData("payment", "今月分の請求書をお送りします。")]
    [InlineData("payment", "Are you coming to lunch?")]
    [InlineData("gift-card", "Thank you for your gift card balance enquiry.")]
    [InlineData("gift-card", "The new stationery has arrived; buy what you need.")]
    [InlineData("advance-fee", "Our widow's charity lunch is on Friday.")]
    [InlineData("advance-fee", "弁護士との打ち合わせは明日です。")]
    [InlineData("extortion", "Bitcoin fell by 4 % today, analysts say.")]
    [InlineData("extortion", "The camera in room 3 is broken.")]
    [InlineData("call-back", "Your order has been confirmed. See it in your account.")]
    [InlineData("call-back", "Please call me at 03-1234-5678 about the meeting.")]
    [InlineData("urgency", "Please reply as soon as possible.")]
    [InlineData("urgency", "お早めにご確認ください。")]
    [InlineData("spam", "Our casino project meeting is on Monday.")]
    public void Ordinary_words_pass(string detector, string text)
    {
        Assert.Empty(new TestMail { Text = text }.SignsOf(Detectors[detector]));
    }

    [Theory]
    [InlineData("gift-card", "Gift cards for everyone! Buy yours now.")]
    [InlineData("call-back", "Your subscription renewal: 10 EUR will be charged. Questions? Call us at 0120-123-456.")]
    public void A_shop_with_its_links_passes(string detector, string text)
    {
        var links = string.Concat(Enumerable.Range(1, 5).Select(number => $"<a href=\"https://shop.example/{number}\">offer {number}</a> "));

        Assert.Empty(new TestMail { Html = $"<p>{text}</p>{links}" }.SignsOf(Detectors[detector]));
    }

    [Fact]
    public void A_call_back_in_a_document_is_seen()
    {
        const string Words = "Your subscription was renewed. If you did not authorize this call our support at +1 808 555-0142 to cancel.";
        var page = PdfBytes.Of("<< /Type /Page /Contents 2 0 R /Resources << /Font << /F1 3 0 R >> >> >>", PdfBytes.Stream("", $"BT /F1 12 Tf ({Words}) Tj ET"), "<< /Type /Font /Subtype /Type1 >>");

        Assert.Equal(["call-back-lure", "call-back-borrowed"], new TestMail { From = "Jane <jane81@gmail.com>", Text = "See the file.", Files = [("invoice.pdf", page)] }.SignsOf(Detectors["call-back"]));
    }

    [Theory]
    [InlineData("Note from seller: your account was charged. If this was not you call +1 (808) 555-0142 now.", 2)]
    [InlineData("You sent a payment. If you did not authorize this call us at (888) 221-1161.", 0)]
    public void A_service_that_passes_on_a_strangers_words_vouches_for_none_of_them(string text, int signs)
    {
        var mail = new TestMail { From = "service@paypal.com", Html = $"<p>{text}</p><a href=\"https://www.paypal.com/invoice/1\">View</a>" };

        Assert.Equal(signs, mail.SignsOf(Detectors["call-back"]).Count);
    }

    [Theory]
    [InlineData("Netflix <info@account.netflix.com>", "https://www.netflix.com/YourAccountPayment", 0)]
    [InlineData("Netflix <info@account.netflix.com>", "https://trap.test/pay", 1)]
    [InlineData("Netflix <info@partner.example>", "https://www.netflix.com/YourAccountPayment", 1)]
    public void A_service_that_leads_to_its_own_pages_alone_passes(string from, string link, int signs)
    {
        var mail = new TestMail { From = from, Html = $"<p>Your account is on hold. Please update your payment details.</p><a href=\"{link}\">Update account now</a>" };

        Assert.Equal(signs, mail.SignsOf(Detectors["credential"]).Count);
    }

    [Fact]
    public void A_press_report_on_blackmail_passes()
    {
        var report = "They recorded you, the police say, hacked your device and wanted money in bitcoin. " + string.Concat(Enumerable.Repeat("More on this in our pages. ", 500));

        Assert.Empty(new TestMail { Text = report }.SignsOf(Detectors["extortion"]));
    }
}
