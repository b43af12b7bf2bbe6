using Platform.Engine.Detectors;
using Platform.Engine.Detectors.Behaviours;
using Platform.Engine.Detectors.Files;
using Platform.Engine.Detectors.Headers;
using Platform.Engine.Detectors.LinkTargets;
using Platform.Engine.Detectors.Listed;
using Platform.Engine.Detectors.Sender;
using Platform.Engine.Detectors.Words;
using Platform.Engine.Learning;

namespace Platform.Engine;

/// <summary>All detectors, in the order in which they are asked and documented.</summary>
public static class EngineParts
{
    /// <summary>Every sign that a verdict may rest on: those of the detectors and those of the model.</summary>
    public static IEnumerable<SignDescription> Signs => [.. Detectors.SelectMany(detector => detector.Signs), .. LearnedSigns.Signs];

    public static IReadOnlyList<IDetector> Detectors { get; } =
    [
        new OwnPersonImpersonation(),
        new OwnDomainForged(),
        new AuthenticationRisk(),
        new LookAlikeSender(),
        new BrandImpersonation(),
        new DisplayNameAddress(),
        new BorrowedOffice(),
        new BorrowedRole(),
        new DeskName(),
        new ContactElsewhere(),
        new ReplyToMismatch(),
        new ThreadHijack(),
        new FromShape(),
        new SenderStanding(),
        new CredentialLure(),
        new PasteCommandLure(),
        new BankDetailsChange(),
        new PaymentPressure(),
        new GiftCardRequest(),
        new AdvanceFee(),
        new Extortion(),
        new CallBackLure(),
        new ParcelLure(),
        new DocumentLure(),
        new ServiceNotice(),
        new MessengerContact(),
        new Lures(),
        new Urgency(),
        new SpamWords(),
        new AddressedSubject(),
        new LinkTextMismatch(),
        new LinkHosts(),
        new LinkDisguise(),
        new LinkPath(),
        new ForeignLinks(),
        new QrCodeLink(),
        new OpenRedirect(),
        new ConsentRequest(),
        new DeviceCode(),
        new ScriptLink(),
        new CredentialForm(),
        new KnownMalware(),
        new ListedTarget(),
        new SenderEntry(),
        new TestVirus(),
        new ExecutableFile(),
        new FileNames(),
        new EncryptedArchive(),
        new ArchiveTricks(),
        new OfficeMacro(),
        new OfficeRemote(),
        new OfficeObject(),
        new PdfActive(),
        new RiskyFile(),
        new ActiveShortcut(),
        new CalendarRisk(),
        new HtmlSmuggling(),
        new PageLeads(),
        new ScriptBehaviour(),
        new Obfuscation(),
        new MassMailing(),
        new DateRisk(),
        new MessageIdRisk(),
        new PathRisk(),
        new StructureRisk(),
        new BulkMarks(),
    ];
}
