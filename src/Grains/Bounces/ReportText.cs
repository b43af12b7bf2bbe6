namespace Platform.Grains.Bounces;

/// <summary>What people read in a notice, in Japanese and English.</summary>
internal static class ReportText
{
    public static string SenderName(string language) => IsJapanese(language) ? "メール配送システム" : "Mail Delivery System";

    public static string Subject(DeliveryReport report) => (report.Action, IsJapanese(report.Language)) switch
    {
        (ReportAction.Failed, true) => "メールを配送できませんでした",
        (ReportAction.Failed, false) => "Your message could not be delivered",
        (_, true) => "メールを配送しました",
        (_, false) => "Your message was delivered",
    };

    public static string Body(DeliveryReport report, string hostname) => IsJapanese(report.Language)
        ? $"""
           {hostname} のメール配送システムからのお知らせです。

           {Outcome(report, japanese: true)}

               <{report.Recipient}>

           {Cause(report, japanese: true)}

           状態コード: {report.Status}
           詳細: {report.Diagnostic}

           このメールは自動で送信されています。返信する必要はありません。

           """
        : $"""
           This is the mail system at {hostname}.

           {Outcome(report, japanese: false)}

               <{report.Recipient}>

           {Cause(report, japanese: false)}

           Status: {report.Status}
           Details: {report.Diagnostic}

           This notice was made by a program. There is no need to answer it.

           """;

    private static string Outcome(DeliveryReport report, bool japanese) => (report.Action, japanese) switch
    {
        (ReportAction.Failed, true) => "次の宛先にメールを配送できませんでした。再送は行いません。",
        (ReportAction.Failed, false) => "Your message could not be delivered to this recipient. It will not be tried again.",
        (ReportAction.Delivered, true) => "次の宛先のメールボックスに配送しました。",
        (ReportAction.Delivered, false) => "Your message was put into the mailbox of this recipient.",
        (ReportAction.Relayed, true) => "次の宛先のメールサーバーに引き渡しました。このサーバーからの到着通知は届かないことがあります。",
        (ReportAction.Relayed, false) => "Your message was handed to the mail server of this recipient, which may send no notice of its own.",
        _ => throw new ArgumentOutOfRangeException(nameof(report), report.Action, "not an action"),
    };

    private static string Cause(DeliveryReport report, bool japanese)
    {
        if (report.Action != ReportAction.Failed)
            return "";
        return (report.Status, japanese) switch
        {
            ("4.4.7", true) => "一定の期間、再送を繰り返しましたが、相手のサーバーに配送できませんでした。",
            ("4.4.7", false) => "It was tried again and again, and the time for that is over.",
            ("5.4.6", true) => "メールが同じサーバーの間を回り続けています（ループ）。",
            ("5.4.6", false) => "The message goes round in circles between servers (a mail loop).",
            ("5.3.4", true) => "メールのサイズが、相手のサーバーが受け付ける上限を超えています。",
            ("5.3.4", false) => "The message is larger than the recipient's server takes.",
            ("5.6.7", true) => "相手のサーバーは国際化メールアドレスに対応していません。",
            ("5.6.7", false) => "The recipient's server does not take internationalised mail.",
            ("5.1.1" or "5.1.2" or "5.1.3" or "5.1.10", true) => "宛先のメールアドレスが存在しないか、正しくありません。",
            ("5.1.1" or "5.1.2" or "5.1.3" or "5.1.10", false) => "The address does not exist or is not right.",
            ("5.2.2", true) => "宛先のメールボックスがいっぱいです。",
            ("5.2.2", false) => "The recipient's mailbox is full.",
            (_, true) => "相手のサーバーがメールを受け付けませんでした。",
            (_, false) => "The recipient's server did not accept the message.",
        };
    }

    private static bool IsJapanese(string language) => language.StartsWith("ja", StringComparison.OrdinalIgnoreCase);
}
