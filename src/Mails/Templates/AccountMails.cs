namespace Platform.Mails.Templates;

/// <summary>Asks somebody to take an account.</summary>
/// <param name="Inviter">Who asks, as the reader knows them.</param>
public sealed record InvitationMail(string Organisation, string Inviter, Uri Link, TimeSpan Validity) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        var organisation = ShownText.Of(Organisation);
        return new MailDocument(words.Format("invitation.subject", organisation), words.Format("invitation.text", ShownText.Of(Inviter), organisation),
        [
            new MailBlock.Paragraph(words.Format("invitation.text", ShownText.Of(Inviter), organisation)),
            new MailBlock.Button(words["invitation.button"], Link),
            new MailBlock.Note(words.Format("link.validity.hours", (int)Validity.TotalHours)),
            new MailBlock.Note(words["invitation.unexpected"]),
        ]);
    }
}

/// <summary>Lets somebody who forgot their password set a new one.</summary>
public sealed record PasswordResetMail(string Address, Uri Link, TimeSpan Validity) : IMailTemplate
{
    public MailDocument Write(Wording words) => new(words["reset.subject"], words.Format("reset.text", ShownText.Of(Address)),
    [
        new MailBlock.Paragraph(words.Format("reset.text", ShownText.Of(Address))),
        new MailBlock.Button(words["reset.button"], Link),
        new MailBlock.Note(words.Format("link.validity.minutes", (int)Validity.TotalMinutes)),
        new MailBlock.Note(words["reset.unexpected"]),
    ]);
}

/// <summary>Tells of a sign-in from a device that was not seen before.</summary>
/// <param name="Device">Browser and system, as the browser says.</param>
/// <param name="Place">Address and country.</param>
public sealed record NewDeviceMail(string Device, string Place, DateTimeOffset At, TimeZoneInfo Zone, Uri Sessions) : IMailTemplate
{
    public MailDocument Write(Wording words) => new(words["device.subject"], words["device.text"],
    [
        new MailBlock.Paragraph(words["device.text"]),
        new MailBlock.Facts([(words["device.device"], ShownText.Of(Device)), (words["device.place"], ShownText.Of(Place)), (words["device.time"], words.Moment(At, Zone))]),
        new MailBlock.Button(words["device.button"], Sessions),
        new MailBlock.Note(words["device.unexpected"]),
    ]);
}
