namespace Platform.Api.GraphQL.SendRules;

/// <summary>A sending rule that many organisations begin with; its name, which is also what a sender is told, is in the texts.</summary>
internal sealed record SendRuleTemplate(string Key, string Condition, IReadOnlyList<SendActionKind> Actions, int? Minutes = null)
{
    private const string FreeMail = "recipient.domain in [\"gmail.com\", \"yahoo.co.jp\", \"yahoo.com\", \"outlook.com\", \"outlook.jp\", \"hotmail.com\", \"icloud.com\", \"aol.com\", \"gmx.net\", \"web.de\", \"qq.com\", \"163.com\", \"docomo.ne.jp\", \"ezweb.ne.jp\", \"softbank.ne.jp\"]";

    public static IReadOnlyList<SendRuleTemplate> All { get; } =
    [
        new("outside-wait", "recipient.outside", [SendActionKind.Wait], 5),
        new("many-outside", "recipients.outside >= 10", [SendActionKind.Confirm]),
        new("visible-outside", "recipients.outside >= 5 and recipients.count >= 5", [SendActionKind.Confirm, SendActionKind.Wait], 10),
        new("attachment-outside", "recipient.outside and attachment.count > 0", [SendActionKind.Confirm]),
        new("attachment-free-mail", FreeMail + " and attachment.count > 0", [SendActionKind.Approve]),
        new("free-mail", FreeMail, [SendActionKind.Confirm]),
        new("after-hours", "recipient.outside and (time.hour >= 20 or time.hour < 7)", [SendActionKind.Wait], 60),
        new("weekend", "recipient.outside and time.weekday in [\"Saturday\", \"Sunday\"]", [SendActionKind.Wait], 60),
        new("confidential-words", "recipient.outside and subject contains [\"社外秘\", \"極秘\", \"マル秘\", \"confidential\", \"internal use only\"]", [SendActionKind.Approve]),
        new("confidential-text", "recipient.outside and text contains [\"社外秘\", \"極秘\", \"取扱注意\", \"strictly confidential\", \"do not distribute\"]", [SendActionKind.Approve]),
        new("money", "recipient.outside and subject contains [\"振込先\", \"口座変更\", \"bank details\", \"bank account\"]", [SendActionKind.Confirm]),
        new("lists-outside", "recipient.outside and attachment.name like [\"*名簿*\", \"*顧客*\", \"*customer*list*\", \"*employee*list*\"]", [SendActionKind.Approve]),
        new("executables", "recipient.outside and attachment.name endsWith [\".exe\", \".js\", \".vbs\", \".scr\", \".bat\", \".ps1\"]", [SendActionKind.Hold]),
        new("asked-protection", "subject contains [\"[protect]\", \"【保護】\"]", [SendActionKind.Protect]),
        new("data-outside", "recipient.outside and attachment.name endsWith [\".csv\", \".xlsx\"] and attachment.name like [\"*名簿*\", \"*顧客*\", \"*customer*\", \"*employee*\"]", [SendActionKind.Protect]),
        new("my-number-outside", "recipient.outside and data.my_number > 0", [SendActionKind.Approve]),
        new("resident-number-outside", "recipient.outside and data.resident_number > 0", [SendActionKind.Approve]),
        new("passport-outside", "recipient.outside and data.passport > 0", [SendActionKind.Approve]),
        new("cards-outside", "recipient.outside and data.card > 0", [SendActionKind.Approve]),
        new("accounts-outside", "recipient.outside and (data.bank_account_jp > 0 or data.iban > 0)", [SendActionKind.Confirm]),
        new("many-people-outside", "recipient.outside and (data.postal_address >= 20 or data.phone >= 20 or data.e_mail_list >= 20)", [SendActionKind.Approve]),
        new("large-outside", "recipient.outside and size > 20 MB", [SendActionKind.Confirm]),
        new("look-alike", "recipient.lookalike", [SendActionKind.Approve]),
        new("unusual", "recipient.unusual", [SendActionKind.Confirm]),
        new("visible-many", "recipient.outside and recipients.visible >= 5", [SendActionKind.Confirm]),
        new("misnamed", "recipient.outside and attachment.misnamed", [SendActionKind.Confirm]),
    ];
}
